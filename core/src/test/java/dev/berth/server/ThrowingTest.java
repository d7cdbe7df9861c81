package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.connection.Connection;
import dev.berth.connection.FrameReader;
import dev.berth.connection.FrameTap;
import dev.berth.framing.Codec;
import dev.berth.framing.FrameCursor;
import dev.berth.framing.FrameView;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.transport.CloseReason;

/** E1, E2, P12: whatever a user's code throws ends its own client, once, and nobody else. */
@ExtendWith(Baseline.class)
class ThrowingTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int CLIENTS = 50;

    private final RecordingEvents events = new RecordingEvents();

    private static void echo(Connection<String> client) throws Exception {
        client.forEach(line -> {
            if (line.startsWith("throw ")) {
                Thrown.valueOf(line.substring("throw ".length())).now();
            }
            client.send(line);
        });
    }

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(ThrowingTest::echo);
    }

    /** Lets clients throw one after another, with one beside them that is served all the time. */
    private void throwing(ServerBuilder<String> builder, Thrown thrown) throws IOException {
        try (var server = builder.start();
                var other = Peer.of(server)) {
            for (int i = 0; i < CLIENTS; i++) {
                try (var peer = Peer.of(server).send("throw " + thrown)) {
                    peer.awaitEnd();
                }
                assertThat(other.send("a").line()).isEqualTo("a");
            }
            await().atMost(LIMIT).untilAsserted(() -> {
                var now = server.snapshot();
                assertThat(now.live()).isEqualTo(1);
                assertThat(now.clients()).hasSize(1);
                assertThat(now.closed()).isEqualTo(CLIENTS);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlersEndsItsClientOnceWithItsReasonAndItself(Thrown thrown) throws Exception {
        throwing(server(), thrown);

        assertEachEndedOnceWithItself(thrown);
    }

    /** An authenticator is asked before the handler, and what it throws counts as what the handler throws. */
    @ParameterizedTest
    @EnumSource
    void anAuthenticatorsIsNoDifferentAndLetsNobodyIn(Thrown thrown) throws Exception {
        var handled = new AtomicInteger();
        throwing(server().authenticate(client -> {
            String line = client.expect();
            if (line.startsWith("throw ")) {
                thrown.now();
            }
            client.send(line);
            return true;
        }).handler(client -> {
            handled.incrementAndGet();
            echo(client);
        }), thrown);

        assertEachEndedOnceWithItself(thrown);
        assertThat(handled).as("only who was served beside them").hasValue(1);
    }

    /** A reader of frames where they lie is the handler's own code, in the middle of ours. */
    @ParameterizedTest
    @EnumSource
    void aFrameReadersIsNoDifferent(Thrown thrown) throws Exception {
        throwing(server().handler(client -> {
            FrameReader<String> reader = frame -> {
                if (frame.utf8().startsWith("throw ")) {
                    thrown.now();
                }
                return frame.utf8();
            };
            for (String line; (line = client.receive(reader)) != null; ) {
                client.send(line);
            }
        }), thrown);

        assertEachEndedOnceWithItself(thrown);
    }

    private void assertEachEndedOnceWithItself(Thrown thrown) throws InterruptedException {
        Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < CLIENTS; i++) {
            var end = events.nextClosed();
            assertThat(end.reason()).isEqualTo(thrown.reason());
            causes.add(Objects.requireNonNull(end.cause()));
        }
        for (int i = 0; i < CLIENTS; i++) {
            assertThat(causes.remove(events.nextHandlerError())).isTrue();
        }
        // And the one who was served beside them, when the server closed.
        assertThat(events.nextClosed().reason()).isIn(CloseReason.PEER_CLOSED, CloseReason.SERVER_CLOSED);
        assertThat(events.seen("closed")).hasSize(CLIENTS + 1).extracting(RecordingEvents.Seen::id).doesNotHaveDuplicates();
        assertThat(events.seen("handlerFailed")).hasSize(CLIENTS);
    }

    @Nested
    class InsideTheToolkit {

        private void endsEachClientOnce(ServerBuilder<String> builder, Thrown thrown) throws Exception {
            throwing(builder, thrown);

            for (int i = 0; i < CLIENTS; i++) {
                assertThat(events.nextClosed().reason())
                        .isIn(CloseReason.HANDLER_ERROR, CloseReason.BAD_FRAME, CloseReason.INTERRUPTED);
            }
        }

        private static String text(FrameView frame) throws IOException {
            return Codec.lines().decode(frame);
        }

        @ParameterizedTest
        @EnumSource
        void aDecodersIsNoDifferent(Thrown thrown) throws Exception {
            Codec<String> codec = Codec.of(Framing.line(), frame -> {
                if (text(frame).startsWith("throw ")) {
                    thrown.now();
                }
                return text(frame);
            }, Codec.lines()::encode);
            endsEachClientOnce(TcpServer.builder(codec).port(0).events(events).handler(ThrowingTest::echo), thrown);
        }

        @ParameterizedTest
        @EnumSource
        void anEncodersIsNoDifferent(Thrown thrown) throws Exception {
            Codec<String> codec = Codec.of(Framing.line(), InsideTheToolkit::text, (message, out) -> {
                if (message.startsWith("throw ")) {
                    thrown.now();
                }
                Codec.lines().encode(message, out);
            });
            endsEachClientOnce(TcpServer.builder(codec).port(0).events(events)
                    .handler(client -> client.forEach(client::send)), thrown);
        }

        @ParameterizedTest
        @EnumSource
        void aFramingsThatLooksForAFrameIsNoDifferent(Thrown thrown) throws Exception {
            endsEachClientOnce(lines(new ThrowingLines(Framing.line(), thrown, true)), thrown);
        }

        @ParameterizedTest
        @EnumSource
        void aFramingsThatMakesAFrameIsNoDifferent(Thrown thrown) throws Exception {
            endsEachClientOnce(lines(new ThrowingLines(Framing.line(), thrown, false)), thrown);
        }

        private ServerBuilder<String> lines(Framing framing) {
            return TcpServer.builder(Codec.text(framing, StandardCharsets.UTF_8)).port(0).events(events)
                    .handler(client -> client.forEach(client::send));
        }

        @ParameterizedTest
        @EnumSource
        void aTapsIsNoDifferent(Thrown thrown) throws Exception {
            var tap = new FrameTap() {
                @Override
                public void received(Connection<?> connection, FrameView frame) {
                    if (frame.length() > 1) {
                        thrown.now();
                    }
                }
            };
            endsEachClientOnce(server().tap(tap), thrown);
        }
    }

    /** Lines; where one begins with a t, looking for its end, or making one of it, throws. */
    private record ThrowingLines(Framing lines, Thrown thrown, boolean whenReceiving) implements Framing {

        @Override
        public String notation() {
            return "throwing lines";
        }

        @Override
        public int maxFrameBytes() {
            return lines.maxFrameBytes();
        }

        @Override
        public Framing withMaxFrameBytes(int max) {
            return new ThrowingLines(lines.withMaxFrameBytes(max), thrown, whenReceiving);
        }

        @Override
        public boolean next(FrameCursor cursor) throws FramingException {
            if (whenReceiving && cursor.available() > 0 && cursor.bytes()[cursor.from()] == 't') {
                thrown.now();
            }
            return lines.next(cursor);
        }

        @Override
        public void seal(FrameWriter frame) {
            if (!whenReceiving && frame.length() > 0 && frame.array()[frame.offset()] == 't') {
                thrown.now();
            }
            lines.seal(frame);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anObserversHarmsNobody(Thrown thrown) throws Exception {
        var observer = new ServerEvents() {
            @Override
            public void opened(Connection<?> client) {
                thrown.now();
            }

            @Override
            public void handlerFailed(long id, InetSocketAddress peer, Throwable error) {
                thrown.now();
            }

            @Override
            public void closed(Closed closed) {
                thrown.now();
            }

            @Override
            public void observerFailed(String event, Throwable error) {
                thrown.now();
            }
        };
        throwing(server().events(observer), thrown);
    }

    /** Of clients that wait and clients that are refused too, on the acceptor's thread and on their own. */
    @ParameterizedTest
    @EnumSource
    void anObserversOfEveryEventHarmsNobody(Thrown thrown) throws Exception {
        var observer = (ServerEvents) Proxy.newProxyInstance(
                ServerEvents.class.getClassLoader(), new Class<?>[] {ServerEvents.class}, (_, method, _) -> {
                    if (method.getReturnType() == void.class) {
                        thrown.now();
                    }
                    throw new AssertionError(method);
                });
        try (var server = server().maxConnections(1).maxQueued(1).events(observer).start()) {
            for (int i = 0; i < 10; i++) {
                try (var served = Peer.of(server)) {
                    assertThat(served.send("a").line()).isEqualTo("a");
                    try (var waiting = Peer.of(server).send("b")) {
                        await().atMost(LIMIT).until(() -> server.snapshot().waiting() == 1);
                        try (var refused = Peer.of(server)) {
                            refused.awaitEnd();
                        }
                        served.leave();
                        assertThat(waiting.line()).isEqualTo("b");
                    }
                }
                await().atMost(LIMIT).until(() -> server.snapshot().live() == 0);
            }
            assertThat(server.snapshot().acceptErrors()).isZero();
        }
    }

    /** A tap hears heartbeats on a thread that nobody waits for. */
    @ParameterizedTest
    @EnumSource
    void aTapsOfAHeartbeatLeavesTheOthersTheirDeadlines(Thrown thrown) throws Exception {
        var tap = new FrameTap() {
            @Override
            public void sent(Connection<?> connection, FrameView frame) {
                thrown.now();
            }
        };
        try (var server = server().tap(tap).heartbeat(Duration.ofMillis(100), "still there?").firstByteTimeout(Duration.ofMillis(500)).start();
                var one = Peer.of(server);
                var other = Peer.of(server)) {
            one.awaitEnd();
            other.awaitEnd();

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.FIRST_BYTE_TIMEOUT);
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.FIRST_BYTE_TIMEOUT);
        }
    }

    private static int recurse(int depth) {
        return depth < 0 ? 0 : recurse(depth + 1) + 1;
    }

    /** E2: a thousand handlers that call themselves until there is no stack. */
    @Test
    void aThousandHandlersWithoutStackEndTheirOwnClientsAndNobodyElses() throws Exception {
        int times = 1_000;
        try (var server = server().handler(client -> client.forEach(line -> {
                    if (line.equals("recurse")) {
                        client.send(String.valueOf(recurse(0)));
                    }
                    client.send(line);
                })).start();
                var other = Peer.of(server)) {
            for (int i = 0; i < times; i++) {
                try (var peer = Peer.of(server).send("recurse")) {
                    peer.awaitEnd();
                }
                assertThat(events.nextClosed()).satisfies(end -> {
                    assertThat(end.reason()).isEqualTo(CloseReason.HANDLER_ERROR);
                    assertThat(end.cause()).isInstanceOf(StackOverflowError.class);
                });
                assertThat(other.send("a").line()).isEqualTo("a");
            }
            assertThat(server.snapshot().live()).isEqualTo(1);
            assertThat(server.snapshot().closedBy()).containsEntry(CloseReason.HANDLER_ERROR, (long) times);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGoodbyesEndsItsClientAsDrained(Thrown thrown) throws Exception {
        var handler = new Handler<String>() {
            @Override
            public void handle(Connection<String> client) throws Exception {
                echo(client);
            }

            @Override
            public void onDrain(Connection<String> client) {
                thrown.now();
            }
        };
        try (var server = server().handler(handler).start();
                var peer = Peer.of(server)) {
            assertThat(peer.send("a").line()).isEqualTo("a");

            assertThat(server.drain(LIMIT)).isEqualTo(new DrainReport(1, 0, 0));
            assertThat(peer.line()).isNull();
            assertThat(events.seen("handlerFailed")).hasSize(1);
        }
    }

    /** E8: a place in the queue must not outlive its client, or it becomes a place that nobody can have. */
    @ParameterizedTest
    @EnumSource
    void aQueueNoticesRefusesTheWaitingClientAndGivesItsPlaceBack(Thrown thrown) throws Exception {
        // The builder asks for the first notice, to see whether it can be framed.
        var asked = new AtomicInteger();
        try (var server = server().maxConnections(1).maxQueued(1).queueNotice(_ -> {
                    if (asked.getAndIncrement() > 0) {
                        thrown.now();
                    }
                    return "wait";
                }).start()) {
            try (var first = Peer.of(server)) {
                assertThat(first.send("a").line()).isEqualTo("a");
                try (var waiting = Peer.of(server)) {
                    waiting.awaitEnd();
                }
                // What is like a client's own going is taken for it.
                assertThat(events.nextRefused().reason()).isEqualTo(thrown == Thrown.CHECKED ? RefuseReason.LEFT : RefuseReason.FAILED);
                assertThat(events.seen("handlerFailed")).hasSize(thrown == Thrown.CHECKED ? 0 : 1);
            }
            await().atMost(LIMIT).until(() -> server.snapshot().live() == 0);
            try (var next = Peer.of(server)) {
                assertThat(next.send("b").line()).isEqualTo("b");
            }
            await().atMost(LIMIT).untilAsserted(() -> assertThat(server.snapshot().live()).isZero());
            assertThat(server.snapshot().waiting()).isZero();
        }
    }

    @Nested
    class AtTheBrinkOfSend {
        private static final int DIVERS = 200;

        /** Sends on every level, so that the stack ends inside of send now and then, anywhere in it. */
        private static int dive(Connection<String> client, int depth, int from) throws IOException {
            if (depth >= from) {
                client.send("x");
            }
            return depth < 0 ? 0 : dive(client, depth + 1, from) + 1;
        }

        @Test
        void aStackOverflowEndsItsClientAndNobodyWaitsForWhatItHeld() throws Exception {
            var unflushed = new Signal();
            try (var server = server().handler(client -> client.forEach(line -> {
                        if (line.startsWith("dive ")) {
                            dive(client, 0, Integer.parseInt(line.substring("dive ".length())));
                        }
                        // Not flushed: it leaves if the sweeper, which looks after everybody's output, is not held up.
                        client.send(line);
                        if (line.equals("wait")) {
                            unflushed.await();
                        }
                    })).start();
                    var other = Peer.of(server)) {
                for (int i = 0; i < DIVERS; i++) {
                    // From another level on each time: another one is the last.
                    try (var diver = Peer.of(server).send("dive " + i * 7)) {
                        diver.awaitEnd();
                    }
                    assertThat(other.send("a").line()).isEqualTo("a");
                    // Inside of a write it is the link that ends first.
                    assertThat(events.nextClosed().reason()).isIn(CloseReason.HANDLER_ERROR, CloseReason.IO_ERROR);
                }
                assertThat(other.send("wait").line()).isEqualTo("wait");
                unflushed.give();
                assertThat(events.nextHandlerError()).isInstanceOf(StackOverflowError.class);
            }
        }
    }
}

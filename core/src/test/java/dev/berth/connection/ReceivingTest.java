package dev.berth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.server.Handler;
import dev.berth.server.TcpServer;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** How messages are received, and what ends waiting for them. */
@ExtendWith(Baseline.class)
class ReceivingTest {
    private static final Duration SHORT = Duration.ofMillis(30);

    private final RecordingEvents events = new RecordingEvents();

    private TcpServer serve(Handler<String> handler) throws IOException {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(handler).start();
    }

    @Nested
    class ATimeout {

        @Test
        void leavesTheConnectionUsable() throws Exception {
            try (var server = serve(client -> {
                        assertThatThrownBy(() -> client.receive(SHORT)).isInstanceOf(SocketTimeoutException.class);
                        client.send("nothing yet");
                        client.send("got " + client.receive(Duration.ofSeconds(20)));
                        client.send("got " + client.receive());
                    });
                    var peer = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("nothing yet");
                peer.send("a");
                assertThat(peer.line()).isEqualTo("got a");
                peer.send("b");
                assertThat(peer.line()).isEqualTo("got b");
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.COMPLETED);
            }
        }

        @Test
        void insideAFrameLosesNothingOfIt() throws Exception {
            try (var server = serve(client -> {
                        assertThat(client.receive()).isEqualTo("whole");
                        assertThatThrownBy(() -> client.receive(SHORT)).isInstanceOf(SocketTimeoutException.class);
                        assertThatThrownBy(() -> client.receive(SHORT)).isInstanceOf(SocketTimeoutException.class);
                        client.send("half");
                        client.send("got " + client.receive());
                    });
                    var peer = Peer.of(server)) {
                peer.raw("whole\nfirst ");
                assertThat(peer.line()).isEqualTo("half");
                peer.raw("second\n");

                assertThat(peer.line()).isEqualTo("got first second");
            }
        }

        @Test
        void isOneLimitForTheWholeMessageHoweverItDribbles() throws Exception {
            var over = new Signal();
            try (var server = serve(client -> {
                        assertThatThrownBy(() -> client.receive(Duration.ofMillis(300)))
                                .isInstanceOf(SocketTimeoutException.class)
                                .hasMessageContaining("0.3s");
                        over.give();
                    });
                    var peer = Peer.of(server)) {
                do {
                    peer.raw("x");
                    assertThat(events.seen("handlerFailed")).isEmpty();
                } while (!over.within(Duration.ofMillis(5)));
                assertThat(events.nextClosed().cause()).isNull();
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, Long.MIN_VALUE})
        void ofNoTimeTakesWhatHasCome(long nanos) throws Exception {
            try (var server = serve(client -> {
                        assertThatThrownBy(() -> client.receive(Duration.ofNanos(nanos))).isInstanceOf(SocketTimeoutException.class);
                        client.send("nothing yet");
                        client.send("got " + polled(client, Duration.ofNanos(nanos)));
                    });
                    var peer = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("nothing yet");
                assertThat(peer.send("a").line()).isEqualTo("got a");
            }
        }

        private static @Nullable String polled(Connection<String> client, Duration timeout) throws IOException {
            long start = System.nanoTime();
            while (System.nanoTime() - start < Duration.ofSeconds(10).toNanos()) {
                try {
                    return client.receive(timeout);
                } catch (SocketTimeoutException nothingYet) {
                    // Again.
                }
            }
            return "nothing";
        }

        static Stream<Duration> ages() {
            return Stream.of(Deadlines.OFF, Duration.ofDays(365_000), Duration.ofSeconds(Long.MAX_VALUE));
        }

        @ParameterizedTest
        @MethodSource("ages")
        void ofAgesIsNone(Duration timeout) throws Exception {
            try (var server = serve(client -> {
                        client.send("got " + client.receive(timeout));
                        client.send("got " + client.request("and now?", timeout));
                    });
                    var peer = Peer.of(server).send("a")) {
                assertThat(peer.line()).isEqualTo("got a");
                assertThat(peer.line()).isEqualTo("and now?");
                assertThat(peer.send("b").line()).isEqualTo("got b");
            }
        }

        @Test
        void ofARequestSaysWhoDidNotAnswerAndLeavesTheConnectionUsable() throws Exception {
            try (var server = serve(client -> {
                        assertThatThrownBy(() -> client.request("anyone?", SHORT))
                                .isInstanceOf(SocketTimeoutException.class)
                                .hasMessageContaining("no answer from 127.0.0.1:");
                        client.send("got " + client.request("and now?"));
                    });
                    var peer = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("anyone?");
                assertThat(peer.line()).isEqualTo("and now?");
                assertThat(peer.send("yes").line()).isEqualTo("got yes");
            }
        }
    }

    @Nested
    class TwoAtOnce {

        @Test
        void aSecondReceiveIsAnIllegalStateAndHarmsNotTheFirst() throws Exception {
            var client = new AtomicReference<@Nullable Connection<String>>();
            var known = new Signal();
            try (var server = serve(served -> {
                        client.set(served);
                        known.give();
                        served.send("got " + served.receive());
                    });
                    var peer = Peer.of(server)) {
                known.await();
                var connection = Objects.requireNonNull(client.get());
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                        assertThatThrownBy(() -> connection.receive(Duration.ofMillis(1)))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("another thread is receiving"));

                assertThat(peer.send("a").line()).isEqualTo("got a");
            }
        }
    }

    @Nested
    class TheView {

        @Test
        void isReadWhereItLiesAndDeadAfterwards() throws Exception {
            var kept = new AtomicReference<@Nullable FrameView>();
            try (var server = serve(client -> {
                        int length = Objects.requireNonNull(client.receive(view -> {
                            kept.set(view);
                            return view.length();
                        }));
                        client.send("length " + length + ", then " + client.receive());
                    });
                    var peer = Peer.of(server).send("hello", "next")) {
                assertThat(peer.line()).isEqualTo("length 5, then next");
                assertThatThrownBy(() -> Objects.requireNonNull(kept.get()).length())
                        .isInstanceOf(IllegalStateException.class);
            }
        }

        @Test
        void isConsumedEvenIfItsReaderThrows() throws Exception {
            try (var server = serve(client -> {
                        assertThatThrownBy(() -> client.receive(view -> {
                            throw new IOException("not mine");
                        })).hasMessage("not mine");
                        client.send("then " + client.receive());
                    });
                    var peer = Peer.of(server).send("first", "second")) {
                assertThat(peer.line()).isEqualTo("then second");
            }
        }
    }

    @Nested
    class AnInterrupt {

        @Test
        void duringAReceiveEndsTheConnection() throws Exception {
            interrupted(Connection::receive);
        }

        @Test
        void duringAReceiveWithATimeoutEndsTheConnection() throws Exception {
            interrupted(client -> client.receive(Duration.ofSeconds(20)));
        }

        @Test
        void duringABlockedSendEndsTheConnection() throws Exception {
            var message = "x".repeat(60_000);
            interrupted(client -> {
                while (true) {
                    client.send(message);
                }
            });
        }

        @Test
        void thatCameBeforeTheReceiveEndsTheConnectionToo() throws Exception {
            interrupted(client -> {
                Thread.currentThread().interrupt();
                client.receive();
            });
        }

        private void interrupted(Handler<String> waiting) throws Exception {
            var thread = new AtomicReference<@Nullable Thread>();
            try (var server = serve(client -> {
                        thread.set(Thread.currentThread());
                        waiting.handle(client);
                    });
                    var peer = Peer.to(server.address(), 4_096)) {
                events.nextOpened();
                await().atMost(Duration.ofSeconds(20)).until(() -> waitsOrHasEnded(thread.get()));
                Objects.requireNonNull(thread.get()).interrupt();

                var end = events.nextClosed();
                assertThat(end.reason()).isEqualTo(CloseReason.INTERRUPTED);
                assertThat(end.cause()).isInstanceOfSatisfying(ConnectionClosedException.class,
                        e -> assertThat(e.reason()).isEqualTo(CloseReason.INTERRUPTED));
                assertThat(events.seen("handlerFailed")).isEmpty();
                peer.awaitEnd();
            }
        }

        private static boolean waitsOrHasEnded(@Nullable Thread thread) {
            return thread != null
                    && switch (thread.getState()) {
                        case WAITING, TIMED_WAITING, TERMINATED -> true;
                        case NEW, RUNNABLE, BLOCKED -> false;
                    };
        }
    }
}

package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.berth.connection.Connection;
import dev.berth.connection.FrameTap;
import dev.berth.connection.State;
import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.framing.FramingException;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** Nobody is served before its login, and nothing of a login that failed is taken for a request. FAULTS B10, B11, G11. */
@ExtendWith(Baseline.class)
class AuthenticatingTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String SECRET = "canary-0123456789";

    private final RecordingEvents events = new RecordingEvents();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    private ServerBuilder<String> server(Authenticator<String> authenticator) {
        return TcpServer.builder(Codec.lines()).port(0).events(events).authenticate(authenticator).handler(this::handle);
    }

    private void handle(Connection<String> client) throws Exception {
        handled.add("called");
        client.forEach(line -> {
            handled.add(line);
            client.send("did " + line);
        });
    }

    private static boolean saysTheSecret(Connection<String> client) throws IOException {
        boolean known = SECRET.equals(client.receive());
        client.send(known ? "OK" : "DENIED");
        return known;
    }

    private void assertNobodyWasServed(TcpServer server, CloseReason reason) throws InterruptedException {
        assertThat(events.nextClosed().reason()).isEqualTo(reason);
        assertThat(handled).isEmpty();
        assertThat(server.snapshot()).satisfies(now -> {
            assertThat(now.live()).isZero();
            assertThat(now.closedBy()).containsEntry(reason, 1L);
            assertThat(now.accepted()).isEqualTo(now.refused() + now.waiting() + now.live() + now.closed());
        });
    }

    @Test
    void whoIsLetInIsServed() throws Exception {
        try (var server = server(AuthenticatingTest::saysTheSecret).start();
                var peer = Peer.of(server).send(SECRET)) {
            assertThat(peer.line()).isEqualTo("OK");
            peer.send("open");
            assertThat(peer.line()).isEqualTo("did open");
        }
    }

    @Test
    void whatIsSentBehindAGoodLoginInOnePieceIsTheHandlers() throws Exception {
        try (var server = server(AuthenticatingTest::saysTheSecret).start();
                var peer = Peer.of(server).send(SECRET, "one", "two").halfClose()) {
            assertThat(peer.rest()).containsExactly("OK", "did one", "did two");
        }
    }

    @Test
    void nothingBehindAFailedLoginIsExecuted() throws Exception {
        try (var server = server(AuthenticatingTest::saysTheSecret).start();
                var peer = Peer.of(server).send("wrong", SECRET, "open")) {
            assertThat(peer.rest()).containsExactly("DENIED");

            assertNobodyWasServed(server, CloseReason.AUTH_FAILED);
        }
    }

    @Test
    void nothingBehindAFrameThatEndedTheLoginIsExecuted() throws Exception {
        try (var server = server(client -> {
                    try {
                        client.receive();
                    } catch (FramingException bad) {
                        // An authenticator that is careless.
                    }
                    return true;
                }).start();
                var peer = Peer.of(server).raw("x".repeat(20_000) + "\nopen\n")) {
            peer.awaitEnd();

            assertNobodyWasServed(server, CloseReason.FRAME_TOO_LARGE);
        }
    }

    /** What a client may do, and how it ends. */
    record Wrong(String said, boolean halfClosed, CloseReason reason) {}

    static Stream<Wrong> everythingWrong() {
        boolean halfClosed = true;
        return Stream.of(
                new Wrong("open\n", !halfClosed, CloseReason.AUTH_FAILED),
                new Wrong("\n", !halfClosed, CloseReason.AUTH_FAILED),
                new Wrong(SECRET.substring(1) + "\n", !halfClosed, CloseReason.AUTH_FAILED),
                new Wrong(SECRET + "x\n", !halfClosed, CloseReason.AUTH_FAILED),
                new Wrong("open\n" + SECRET + "\n", halfClosed, CloseReason.AUTH_FAILED),
                new Wrong("x".repeat(16_385), !halfClosed, CloseReason.FRAME_TOO_LARGE),
                new Wrong(SECRET, halfClosed, CloseReason.TRUNCATED),
                new Wrong("", halfClosed, CloseReason.PEER_CLOSED),
                new Wrong("", !halfClosed, CloseReason.AUTH_TIMEOUT),
                new Wrong(SECRET, !halfClosed, CloseReason.AUTH_TIMEOUT));
    }

    @ParameterizedTest
    @MethodSource("everythingWrong")
    void nobodyIsServedWithoutItsLogin(Wrong wrong) throws Exception {
        try (var server = server(AuthenticatingTest::saysTheSecret).authTimeout(SHORT).start();
                var peer = Peer.of(server).raw(wrong.said())) {
            if (wrong.halfClosed()) {
                peer.halfClose();
            }
            peer.awaitEnd();

            assertNobodyWasServed(server, wrong.reason());
        }
    }

    @Test
    void bytesThatAreNoMessageAreABadFrame() throws Exception {
        try (var server = server(AuthenticatingTest::saysTheSecret).start();
                var peer = Peer.of(server)) {
            peer.socket().getOutputStream().write(new byte[] {(byte) 0xC3, 0x28, '\n'});
            peer.awaitEnd();

            assertNobodyWasServed(server, CloseReason.BAD_FRAME);
        }
    }

    @Test
    void whoResetsIsNotServed() throws Exception {
        try (var server = server(AuthenticatingTest::saysTheSecret).start();
                var peer = Peer.of(server)) {
            events.nextOpened();
            peer.reset();

            assertNobodyWasServed(server, CloseReason.PEER_RESET);
        }
    }

    @Test
    void anAuthenticatorThatThrowsLetsNobodyIn() throws Exception {
        try (var server = server(_ -> {
                    throw new IllegalStateException("the directory is gone");
                }).start();
                var peer = Peer.of(server).send(SECRET, "open")) {
            peer.awaitEnd();

            assertThat(events.nextHandlerError()).hasMessage("the directory is gone");
            assertNobodyWasServed(server, CloseReason.HANDLER_ERROR);
        }
    }

    @Test
    void nobodySaysGoodbyeToAStrangerWhenTheServerDrains() throws Exception {
        var saidGoodbye = new AtomicBoolean();
        try (var server = server(AuthenticatingTest::saysTheSecret).handler(new Handler<>() {
                    @Override
                    public void handle(Connection<String> client) throws Exception {
                        AuthenticatingTest.this.handle(client);
                    }

                    @Override
                    public void onDrain(Connection<String> client) {
                        saidGoodbye.set(true);
                    }
                }).start();
                var peer = Peer.of(server)) {
            events.nextOpened();
            server.drain(Duration.ofSeconds(20));
            peer.awaitEnd();

            assertNobodyWasServed(server, CloseReason.DRAINED);
            assertThat(saidGoodbye).isFalse();
        }
    }

    @Test
    void aStrangerHearsNoHeartbeatAndAClientDoes() throws Exception {
        try (var server = server(client -> client.expect().equals(SECRET)).heartbeat(SHORT, "PING").start();
                var peer = Peer.of(server)) {
            peer.socket().setSoTimeout((int) SHORT.multipliedBy(3).toMillis());
            assertThatThrownBy(peer::line).isInstanceOf(SocketTimeoutException.class);
            peer.socket().setSoTimeout(20_000);
            peer.send(SECRET);
            assertThat(peer.line()).isEqualTo("PING");
        }
    }

    @Test
    void nothingCanBeSentToAStrangerFromOutsideAndToAClientItCan() throws Exception {
        try (var server = server(AuthenticatingTest::saysTheSecret).start();
                var peer = Peer.of(server)) {
            @SuppressWarnings("unchecked")
            var connection = (Connection<String>) events.nextOpened();
            await().until(() -> server.snapshot().clients().getFirst().state() == State.AUTHENTICATING);
            await().untilAsserted(() -> assertThatThrownBy(() -> connection.send("news"))
                    .isInstanceOf(IllegalStateException.class).hasMessageEndingWith("is not authenticated yet"));
            peer.send(SECRET, "one");
            assertThat(peer.line()).isEqualTo("OK");
            assertThat(peer.line()).isEqualTo("did one");

            assertThat(server.snapshot().clients().getFirst().state()).isEqualTo(State.SERVING);
            connection.send("news");
            assertThat(peer.line()).isEqualTo("news");
        }
    }

    @Test
    void aLoginThatIsOverCantBeUsed() throws Exception {
        var kept = new ConcurrentLinkedQueue<Connection<String>>();
        try (var server = server(client -> {
                    kept.add(client);
                    return saysTheSecret(client);
                }).start();
                var peer = Peer.of(server).send(SECRET, "one")) {
            assertThat(peer.line()).isEqualTo("OK");
            assertThat(peer.line()).isEqualTo("did one");

            assertThatThrownBy(() -> kept.element().send("more")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> kept.element().receive()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void norCanWhatItHasSwitchedTo() throws Exception {
        var kept = new ConcurrentLinkedQueue<Connection<String>>();
        try (var server = server(client -> {
                    kept.add(client);
                    kept.add(client.switchTo(Codec.text("crlf")));
                    var last = kept.stream().toList().getLast().switchTo(Codec.lines());
                    kept.add(last);
                    return saysTheSecret(last);
                }).start();
                var peer = Peer.of(server).send(SECRET, "one")) {
            assertThat(peer.line()).isEqualTo("OK");
            assertThat(peer.line()).isEqualTo("did one");

            assertThat(kept).hasSize(3).allSatisfy(over -> {
                assertThatThrownBy(() -> over.send("more")).isInstanceOf(IllegalStateException.class)
                        .hasMessageEndingWith("is authenticated: its login is over");
                assertThatThrownBy(over::receive).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> over.switchTo(Codec.lines())).isInstanceOf(IllegalStateException.class);
            });
            peer.send("two");
            assertThat(peer.line()).isEqualTo("did two");
        }
    }

    @Test
    void aTapSeesHowMuchAStrangerSaysAndNotWhat() throws Exception {
        var seen = new ConcurrentLinkedQueue<String>();
        var tap = new FrameTap() {
            @Override
            public void received(Connection<?> connection, FrameView frame) {
                seen.add("in " + frame.text(StandardCharsets.UTF_8));
            }

            @Override
            public void sent(Connection<?> connection, FrameView frame) {
                seen.add("out " + frame.text(StandardCharsets.UTF_8).strip());
            }

            @Override
            public void unparsed(Connection<?> connection, FrameView leftOver) {
                seen.add("left " + leftOver.text(StandardCharsets.UTF_8));
            }

            @Override
            public void withheld(Connection<?> connection, int bytes) {
                seen.add("withheld " + bytes);
            }
        };
        try (var server = server(AuthenticatingTest::saysTheSecret).tap(tap).start()) {
            try (var peer = Peer.of(server).send(SECRET, "one").halfClose()) {
                peer.rest();
            }
            assertThat(seen).containsExactly("withheld 17", "out OK", "in one", "out did one");
            seen.clear();
            try (var peer = Peer.of(server).raw(SECRET).halfClose()) {
                peer.rest();
            }
            assertThat(seen).containsExactly("withheld 17");
        }
    }

    @Test
    void noErrorShowsWhatAStrangerSaid() throws Exception {
        try (var server = server(client -> client.expect().equals(SECRET)).authenticate(
                        Codec.text("len4be"), client -> client.expect().equals(SECRET)).start();
                var lines = Peer.of(server).send(SECRET)) {
            lines.awaitEnd();

            var end = events.nextClosed();
            assertThat(end.reason()).isEqualTo(CloseReason.FRAME_TOO_LARGE);
            assertThat(end.cause()).isNotNull().hasNoCause();
            assertThat(end.cause()).hasMessage("more than 16384 bytes before authentication");
            assertThat(end.toString()).doesNotContain("cana");
        }
        try (var server = server(AuthenticatingTest::saysTheSecret).start();
                var peer = Peer.of(server)) {
            peer.socket().getOutputStream().write((SECRET + "\u00ff\n").getBytes(StandardCharsets.ISO_8859_1));
            peer.awaitEnd();

            assertThat(events.nextClosed().cause()).isNotNull().hasNoCause()
                    .hasMessage("no message of line before authentication, and not shown");
        }
    }

    @Test
    void aLoginInLinesIsFollowedByBinaryFrames() throws Exception {
        var frames = new ConcurrentLinkedQueue<Integer>();
        try (var server = TcpServer.builder(Codec.bytes("len2be")).port(0).events(events)
                        .authenticate(Codec.lines(), AuthenticatingTest::saysTheSecret)
                        .handler(device -> device.forEach(frame -> {
                            frames.add(frame.length);
                            device.send(frame);
                        })).start();
                var device = new Socket(server.address().getAddress(), server.port())) {
            device.setSoTimeout(20_000);
            device.getOutputStream().write((SECRET + "\n\0\3abc").getBytes(StandardCharsets.US_ASCII));
            var in = new DataInputStream(device.getInputStream());

            assertThat(new String(in.readNBytes(3), StandardCharsets.US_ASCII)).isEqualTo("OK\n");
            assertThat(in.readUTF()).isEqualTo("abc");
            assertThat(frames).containsExactly(3);
        }
    }

    @Test
    void aLoginInLinesIsFollowedByStreams() throws Exception {
        try (var server = TcpServer.builder(Codec.bytes("raw")).port(0).events(events)
                        .authenticate(Codec.lines(), AuthenticatingTest::saysTheSecret)
                        .handler(Streams.handler((in, out) -> out.write(in.readAllBytes()))).start();
                var peer = Peer.of(server).raw(SECRET + "\nas it ").raw("comes\n").halfClose()) {
            assertThat(peer.rest()).isEqualTo(List.of("OK", "as it comes"));
        }
    }

    @Test
    void aLoginItselfHasNoStreams() throws Exception {
        try (var server = TcpServer.builder(Codec.bytes("raw")).port(0).events(events)
                        .authenticate(client -> client.input().read() == 'x')
                        .handler(client -> handled.add("called")).start();
                var peer = Peer.of(server).raw("x")) {
            peer.awaitEnd();

            assertThat(events.nextHandlerError()).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("input() is for clients that are authenticated");
            assertNobodyWasServed(server, CloseReason.HANDLER_ERROR);
        }
    }
}

package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.connection.Connection;
import dev.berth.connection.Deadlines;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** How little is taken from a client before its login: each bound at it, below and above. FAULTS 4.2. */
@ExtendWith(Baseline.class)
class LoginLimitsTest {
    private static final int MAX_FRAME = 16 << 10;

    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server(Codec<String> codec, Authenticator<String> authenticator) {
        return TcpServer.builder(codec).port(0).events(events).authenticate(authenticator)
                .handler(client -> client.forEach(frame -> client.send("served " + frame.length())));
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX_FRAME - 1, MAX_FRAME})
    void aFrameOf16KibibytesIsTaken(int bytes) throws Exception {
        try (var server = server(Codec.lines(), client -> client.expect().length() == bytes).start();
                var peer = Peer.of(server).send("x".repeat(bytes), "y")) {
            assertThat(peer.line()).isEqualTo("served 1");
        }
    }

    @Test
    void aLargerOneIsNotAndAfterTheLoginItIs() throws Exception {
        try (var server = server(Codec.lines(), client -> client.expect().startsWith("hello")).start()) {
            try (var peer = Peer.of(server).send("hello" + "x".repeat(MAX_FRAME - 4))) {
                peer.awaitEnd();
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.FRAME_TOO_LARGE);
            }
            try (var peer = Peer.of(server).send("hello", "x".repeat(MAX_FRAME + 1))) {
                assertThat(peer.line()).isEqualTo("served " + (MAX_FRAME + 1));
            }
        }
    }

    @Test
    void aLengthThatIsAnnouncedIsRefusedBeforeAByteOfIt() throws Exception {
        try (var server = server(Codec.text("len4be"), client -> client.expect().startsWith("hello")).start();
                var peer = Peer.of(server).raw("\0\0@\u0001")) {
            // The peer is still there: nobody waits for the rest.
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.FRAME_TOO_LARGE);
            peer.awaitEnd();
        }
    }

    @Test
    void aSmallerLimitOfTheCodecStays() throws Exception {
        try (var server = server(Codec.lines().withMaxFrameBytes(20), client -> client.expect().startsWith("hello")).start();
                var peer = Peer.of(server).send("hello" + "x".repeat(16))) {
            peer.awaitEnd();
            assertThat(events.nextClosed().cause()).hasMessage("more than 20 bytes before authentication");
        }
    }

    @Test
    void anotherCodecWithinTheLoginHasTheSameLimit() throws Exception {
        try (var server = server(Codec.lines(), client -> {
                    client.expect();
                    return client.switchTo(Codec.bytes("len4be")).expect().length > 0;
                }).start();
                var peer = Peer.of(server).raw("hello\n\0\0@\u0001")) {
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.FRAME_TOO_LARGE);
            peer.awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8})
    void asManyAs8FramesAreTaken(int frames) throws Exception {
        try (var server = server(Codec.lines(), client -> hasSaid(client, frames)).start();
                var peer = Peer.of(server).raw("x\n".repeat(frames) + "behind\n")) {
            assertThat(peer.line()).isEqualTo("served 6");
        }
    }

    @Test
    void aNinthIsNotAndAfterTheLoginItIs() throws Exception {
        var taken = new AtomicInteger();
        try (var server = server(Codec.lines(), client -> {
                    try {
                        while (true) {
                            client.expect();
                            taken.incrementAndGet();
                        }
                    } catch (IOException tooMany) {
                        // And a careless authenticator that tries again is told again.
                        assertThatThrownBy(client::receive).isInstanceOf(ConnectionClosedException.class);
                        throw tooMany;
                    }
                }).start();
                var peer = Peer.of(server).raw("x\n".repeat(9))) {
            peer.awaitEnd();

            assertThat(events.nextClosed()).satisfies(end -> {
                assertThat(end.reason()).isEqualTo(CloseReason.AUTH_FAILED);
                assertThat(end.cause()).hasMessage("more than 8 frames before authentication");
                assertThat(end.framesIn()).isEqualTo(8);
            });
            assertThat(taken).hasValue(8);
        }
        try (var server = server(Codec.lines(), client -> hasSaid(client, 8)).start();
                var peer = Peer.of(server).raw("x\n".repeat(30)).halfClose()) {
            assertThat(peer.rest()).hasSize(22);
        }
    }

    private static boolean hasSaid(Connection<String> client, int frames) throws IOException {
        for (int i = 0; i < frames; i++) {
            client.expect();
        }
        return true;
    }

    @Test
    void theOutputHolds64KibibytesWhoeverSends() throws Exception {
        var most = new AtomicLong();
        try (var server = server(Codec.lines(), client -> {
                    var another = Thread.ofVirtual().start(() -> sendWithoutEnd(client));
                    another.join();
                    most.set(client.snapshot().framesOut());
                    return true;
                }).start();
                var deaf = Peer.to(server.address(), 4_096)) {
            assertThat(events.nextClosed()).satisfies(end -> {
                assertThat(end.reason()).isEqualTo(CloseReason.SLOW_READER);
                assertThat(end.framesUnsent() * 16_384).isLessThanOrEqualTo(64 << 10);
            });
            assertThat(most.get()).isPositive();
            assertThat(deaf.socket().isConnected()).isTrue();
        }
    }

    private static void sendWithoutEnd(Connection<String> client) {
        try {
            while (true) {
                client.send("x".repeat(16_383));
            }
        } catch (IOException cut) {
            // That is what is waited for.
        }
    }

    @Test
    void itsOwnThreadWaitsForRoomUntilTheDeadline() throws Exception {
        try (var server = server(Codec.lines(), client -> {
                    sendWithoutEnd(client);
                    return true;
                }).authTimeout(Duration.ofMillis(500)).start();
                var deaf = Peer.to(server.address(), 4_096)) {
            assertThat(events.nextClosed()).satisfies(end -> {
                assertThat(end.reason()).isEqualTo(CloseReason.AUTH_TIMEOUT);
                assertThat(end.lasted()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
            });
            assertThat(deaf.socket().isConnected()).isTrue();
        }
    }

    @Test
    void afterTheLoginTheOutputHoldsWhatTheServerAllows() throws Exception {
        try (var server = TcpServer.builder(Codec.lines()).port(0).events(events)
                        .maxOutputBytes(256 << 10).softOutputBytes(256 << 10).authenticate(client -> client.expect().equals("hello"))
                        .handler(client -> Thread.ofVirtual().start(() -> sendWithoutEnd(client)).join()).start();
                var deaf = Peer.to(server.address(), 4_096).send("hello")) {
            var end = events.nextClosed();

            assertThat(end.reason()).isEqualTo(CloseReason.SLOW_READER);
            assertThat(end.framesUnsent() * 16_384).isBetween(128L << 10, 256L << 10);
            assertThat(deaf.socket().isConnected()).isTrue();
        }
    }

    @Test
    void aCodecWithoutSmallFramesNeedsAnotherForTheLogin() {
        var large = Codec.bytes(Framing.fixed(MAX_FRAME + 1));
        var exact = Codec.bytes(Framing.fixed(MAX_FRAME));
        Handler<byte[]> none = _ -> {};

        assertThatThrownBy(() -> TcpServer.builder(large).handler(none).authenticate(_ -> true).check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("authenticate takes frames of at most 16384 bytes, and fixed:16385 has none");
        assertThatCode(() -> TcpServer.builder(large).handler(none).authenticate(Codec.lines(), _ -> true).check()).doesNotThrowAnyException();
        assertThatCode(() -> TcpServer.builder(exact).handler(none).authenticate(_ -> true).check()).doesNotThrowAnyException();
    }

    @Test
    void theTimeoutIsAMillisecondAtLeastOrOff() {
        var builder = TcpServer.builder(Codec.lines()).handler(_ -> {}).authenticate(_ -> true);

        assertThatThrownBy(() -> builder.authTimeout(Duration.ZERO).check()).hasMessageStartingWith("authTimeout is 0s");
        assertThatCode(() -> builder.authTimeout(Duration.ofMillis(1)).check()).doesNotThrowAnyException();
        assertThatCode(() -> builder.authTimeout(Deadlines.OFF).check()).doesNotThrowAnyException();
    }
}

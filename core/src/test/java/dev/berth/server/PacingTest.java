package dev.berth.server;

import static dev.berth.server.FromSources.comeFrom;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** A client that sends too fast is read later. */
@ExtendWith(Baseline.class)
class PacingTest {
    private static final int RATE = 20;

    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(FromSources::greet);
    }

    /** Sends so many lines as fast as it can; returns how long they took to come back, and checks that all did. */
    private static Duration echoed(Peer peer, int lines) throws IOException {
        String[] many = new String[lines];
        for (int i = 0; i < lines; i++) {
            many[i] = "line " + i;
        }
        long start = System.nanoTime();
        peer.send(many);
        for (String line : many) {
            assertThat(peer.line()).isEqualTo(line);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void whoSendsTooManyFramesIsReadLaterAndLosesNothing() throws Exception {
        try (var server = server().maxFramesPerSecond(RATE).start(); var fast = comeFrom("127.0.0.2", server);
                var other = comeFrom("127.0.0.3", server)) {
            assertThat(fast.line()).isEqualTo("hello");
            assertThat(other.line()).isEqualTo("hello");

            // A second's worth comes at once, as much again takes a second.
            assertThat(echoed(fast, 2 * RATE + 1)).isGreaterThan(Duration.ofMillis(900));
            assertThat(echoed(other, 5)).as("another client").isLessThan(Duration.ofMillis(900));
            assertThat(server.snapshot().live()).isEqualTo(2);
        }
    }

    @Test
    void whoSendsTooManyBytesIsReadLaterAndLosesNothing() throws Exception {
        try (var server = server().maxBytesPerSecond(300).start(); var fast = comeFrom("127.0.0.2", server)) {
            assertThat(fast.line()).isEqualTo("hello");

            // Ninety lines of seven or eight bytes.
            assertThat(echoed(fast, 90)).isGreaterThan(Duration.ofMillis(900));
        }
    }

    /** The deadlines are shorter than the waits: they do not run while it is the server that waits. */
    @ParameterizedTest
    @CsvSource({"slip, \\300, a\\300", "cobs, \\0, \\2a\\0"})
    void whoSendsBytesThatAreNoMessageIsReadLaterToo(String framing, String between, String message) throws Exception {
        int rate = 100_000;
        try (var server = TcpServer.builder(Codec.bytes(framing)).port(0).events(events).maxBytesPerSecond(rate)
                        .idleTimeout(Duration.ofMillis(400)).frameTimeout(Duration.ofMillis(400))
                        .handler(client -> client.forEach(client::send)).start();
                var peer = Peer.of(server)) {
            long start = System.nanoTime();
            byte[] last = message.translateEscapes().getBytes(ISO_8859_1);
            peer.socket().getOutputStream().write(between.translateEscapes().repeat(3 * rate).getBytes(ISO_8859_1));
            peer.socket().getOutputStream().write(last);

            assertThat(peer.socket().getInputStream().readNBytes(last.length)).isEqualTo(last);
            // A second's worth comes at once, and the last read, of 64 KiB at most, is not waited for.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_200));
            peer.awaitEnd();
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
        }
    }

    @Test
    void aFrameThatHasBegunIsReadWhole() throws Exception {
        int frame = 1_000_000;
        try (var server = TcpServer.builder(Codec.bytes("len4be")).port(0).maxBytesPerSecond(frame / 20)
                        .handler(client -> client.send(new byte[client.expect().length % 100])).start();
                var peer = Peer.of(server)) {
            long start = System.nanoTime();
            peer.socket().getOutputStream().write(ByteBuffer.allocate(4 + frame).putInt(frame).array());

            assertThat(peer.socket().getInputStream().readNBytes(4)).isEqualTo(new byte[4]);
            // At the rate allowed it would take 19 s.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aLimitSetLaterHoldsForWhoComesNext() throws Exception {
        try (var server = server().start(); var before = comeFrom("127.0.0.2", server)) {
            assertThat(before.line()).isEqualTo("hello");
            server.limits(server.limits().maxFramesPerSecond(1));
            try (var after = comeFrom("127.0.0.2", server)) {
                assertThat(after.line()).isEqualTo("hello");
                assertThat(echoed(after, 3)).isGreaterThan(Duration.ofMillis(900));
            }
            assertThat(echoed(before, 50)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aClientThatIsReadLaterIsCutAtOnceAllTheSame() throws Exception {
        try (var server = server().maxFramesPerSecond(1).start(); var fast = comeFrom("127.0.0.2", server)) {
            assertThat(fast.line()).isEqualTo("hello");
            fast.send("a".repeat(10), "b\n".repeat(1_000));
            assertThat(fast.line()).isEqualTo("a".repeat(10));

            assertThat(server.close(1)).isTrue();

            assertThat(events.nextClosed().framesIn()).isLessThan(20);
        }
    }
}

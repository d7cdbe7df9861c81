package dev.berth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** How much the system takes for a client that does not read. */
@ExtendWith(Baseline.class)
class SendBufferTest {
    private static final int KIB = 1 << 10;
    private static final String LINE = "x".repeat(KIB - 1);

    @Test
    void boundsWhatTheSystemTakesForAClientThatReadsNothing() throws Exception {
        var taken = new AtomicLong();
        var events = new RecordingEvents();
        try (var server = TcpServer.builder(Codec.text(Framing.parse("line").withMaxFrameBytes(2 * KIB), UTF_8))
                .port(0).events(events).sendBufferBytes(32 * KIB).maxOutputBytes(32 * KIB).softOutputBytes(32 * KIB)
                .writeTimeout(Duration.ofSeconds(1))
                .handler(client -> {
                    client.expect();
                    while (true) {
                        client.send(LINE);
                        taken.addAndGet(KIB);
                    }
                }).start();
                var peer = Peer.to(server.address(), 2 * KIB).send("flood")) {
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.WRITE_TIMEOUT);

            // Twice of it with the system, one output, and what the peer's own system has taken; else it is some MB.
            assertThat(taken.get()).isBetween(32L * KIB, 256L * KIB);
            peer.leave();
        }
    }

    @Test
    void tooSmallIsSaidWithItsValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> TcpServer.builder(Codec.lines()).sendBufferBytes(100).handler(client -> {}).check())
                .hasMessage("sendBufferBytes is 100, allowed are 1024 to 2147483647");
    }
}

package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** A client that takes nothing, or hardly anything, of what is sent to it is cut in time (FAULTS A9, A10). */
@ExtendWith(Baseline.class)
class WriteTimeoutTest {
    private static final int SMALL_BUFFER = 2_048;
    private static final Duration LIMIT = Duration.ofMillis(600);
    private static final String BLOCK = "x".repeat(60_000);

    private final RecordingEvents events = new RecordingEvents();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private ServerBuilder<String> server(Handler<String> handler) {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(handler).writeTimeout(LIMIT);
    }

    @AfterEach
    void stopTheClock() {
        clock.shutdownNow();
    }

    private static void sendForEver(Connection<String> client) throws IOException {
        while (true) {
            client.send(BLOCK);
        }
    }

    @Test
    void whoReadsNothingIsCutAndTheHandlerIsToldWhy() throws Exception {
        try (var server = server(WriteTimeoutTest::sendForEver).start();
                var _ = Peer.to(server.address(), SMALL_BUFFER)) {

            assertThat(events.nextClosed()).satisfies(end -> {
                assertThat(end.reason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
                assertThat(end.lasted()).isBetween(LIMIT, LIMIT.plusSeconds(2));
                assertThat(end.framesUnsent()).isPositive();
            });
        }
    }

    /** A stream that was cut short must not look like a whole one, and its bytes must not stay in the kernel. */
    @Test
    void whoHasEndedItsOwnStreamAndReadsNothingIsResetToo() throws Exception {
        try (var server = server(client -> {
                    while (client.receive() != null) {
                        // To the end of the peer's stream, which is noted as the reason.
                    }
                    sendForEver(client);
                }).start();
                var peer = Peer.to(server.address(), SMALL_BUFFER)) {
            peer.halfClose();
            assertThat(events.nextClosed().framesUnsent()).isPositive();

            assertThatThrownBy(() -> peer.socket().getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void whoReadsAByteNowAndThenIsCutToo() throws Exception {
        try (var server = server(WriteTimeoutTest::sendForEver).start();
                var trickling = Peer.to(server.address(), SMALL_BUFFER)) {
            var _ = clock.scheduleAtFixedRate(() -> readOne(trickling), 0, 100, TimeUnit.MILLISECONDS);

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        }
    }

    private static void readOne(Peer peer) {
        try {
            peer.socket().getInputStream().read();
        } catch (IOException cut) {
            // That is what is waited for.
        }
    }

    @Test
    void whoReadsSlowlyButReadsStays() throws Exception {
        try (var server = server(client -> {
                    for (int i = 0; i < 20; i++) {
                        client.send(BLOCK);
                    }
                }).start();
                var slow = Peer.to(server.address(), SMALL_BUFFER)) {
            var in = slow.socket().getInputStream();
            var reading = clock.scheduleAtFixedRate(() -> readSome(in), 0, 20, TimeUnit.MILLISECONDS);

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.COMPLETED);
            reading.cancel(false);
        }
    }

    /** What was taken is seen in steps of a third of what the system holds; a small buffer makes them small. */
    @Test
    void whoReadsFarMoreSlowlyStaysWhereTheSystemHoldsLittle() throws Exception {
        try (var server = server(WriteTimeoutTest::sendForEver).sendBufferBytes(4_096).start();
                var slow = Peer.to(server.address(), SMALL_BUFFER)) {
            var in = slow.socket().getInputStream();
            var read = new Semaphore(0);
            var reading = clock.scheduleAtFixedRate(() -> read.release(read(in, 2_000)), 0, 50, TimeUnit.MILLISECONDS);

            // 40 KB/s, for more than three times as long as it may take nothing.
            assertThat(read.tryAcquire(80_000, 20, TimeUnit.SECONDS)).isTrue();
            assertThat(server.snapshot().live()).isEqualTo(1);
            reading.cancel(false);
        }
    }

    private static int read(InputStream in, int bytes) {
        try {
            return in.readNBytes(bytes).length;
        } catch (IOException cut) {
            return 0;
        }
    }

    private static void readSome(InputStream in) {
        try {
            in.readNBytes(30_000);
        } catch (IOException over) {
            // The test is over.
        }
    }

    @Test
    void whoIsCutSlowsNobodyElse() throws Exception {
        try (var server = server(client -> {
                    if (client.expect().equals("flood")) {
                        sendForEver(client);
                    }
                    client.send("hello");
                    client.receive();
                }).start();
                var deaf = Peer.to(server.address(), SMALL_BUFFER).send("flood");
                var other = Peer.of(server).send("hello")) {
            assertThat(other.line()).isEqualTo("hello");
            assertThat(events.nextClosed().peer().getPort()).isEqualTo(deaf.port());
            assertThat(server.snapshot().live()).isEqualTo(1);
        }
    }
}

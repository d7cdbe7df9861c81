package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;

/** More connects at once than the kernel keeps for us. FAULTS A13. */
@ExtendWith(Baseline.class)
class BacklogTest {
    private static final Path COUNTERS = Path.of("/proc/net/netstat");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int BACKLOG = 4;
    private static final int MANY = 60;
    /**
     * More than fit, but not so many that the kernel, which has all of them ask again at the same moments (1 s, 3 s, 7 s, 15 s), finds
     * the backlog full each time.
     */
    private static final int BURST = 12;
    /** Loopback answers a connect at once, or not at all. */
    private static final int PATIENCE_MILLIS = 1_000;

    private static TcpServer server() throws IOException {
        return TcpServer.builder(Codec.lines()).port(0).backlog(BACKLOG).handler(client -> client.forEach(client::send)).start();
    }

    @Test
    void theKernelKeepsNoMoreThanTheBacklogThatWasAskedFor() throws Exception {
        List<Socket> kept = new ArrayList<>();
        try (var server = server()) {
            server.suspend();
            while (kept.size() < MANY && isConnected(server, kept)) {
                // Until one is not.
            }

            // Linux lets one more in than it is told.
            assertThat(kept).hasSize(BACKLOG + 1);
            server.resume();
            await().atMost(LIMIT).until(() -> server.snapshot().accepted() >= BACKLOG + 1);
        } finally {
            for (var socket : kept) {
                socket.close();
            }
        }
    }

    private static boolean isConnected(TcpServer server, List<Socket> kept) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(server.address(), PATIENCE_MILLIS);
            kept.add(socket);
            return true;
        } catch (SocketTimeoutException dropped) {
            socket.close();
            return false;
        }
    }

    @Test
    void whoFoundTheBacklogFullIsServedOnceThereIsRoom() throws Exception {
        var served = new AtomicInteger();
        try (var server = server()) {
            server.suspend();
            long before = overflows();
            List<Thread> burst = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                burst.add(Thread.ofVirtual().start(() -> beServed(server, served)));
            }
            await().atMost(LIMIT).until(() -> overflows() > before);
            server.resume();
            for (var peer : burst) {
                assertThat(peer.join(LIMIT)).isTrue();
            }

            assertThat(served).hasValue(BURST);
            assertThat(server.snapshot().acceptErrors()).isZero();
        }
    }

    /** The kernel asks again after a second, and again; the peer knows nothing of it. */
    private static void beServed(TcpServer server, AtomicInteger served) {
        try (var peer = Peer.of(server)) {
            if ("me too".equals(peer.send("me too").line())) {
                served.incrementAndGet();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How often a handshake has found a full backlog on this machine. */
    private static long overflows() throws IOException {
        var lines = Files.readString(COUNTERS).lines().filter(line -> line.startsWith("TcpExt:")).map(line -> line.split(" ", -1)).toList();
        return Long.parseLong(lines.get(1)[List.of(lines.get(0)).indexOf("ListenOverflows")]);
    }
}

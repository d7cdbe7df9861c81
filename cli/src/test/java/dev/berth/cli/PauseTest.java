package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;

/** A server that was stopped as a whole, and goes on, reads what has come before it judges anybody (FAULTS E13). */
@EnabledOnOs(OS.LINUX)
final class PauseTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Half a minute in acceptance/full-size. */
    private static final long PAUSE_MILLIS = Boolean.getBoolean("berth.full") ? 30_000 : 1_400;

    @Test
    void fiftyWhoSpokeDuringAPauseAreNotCutForTheirSilence() throws Exception {
        List<Connection<String>> clients = new ArrayList<>();
        try (ServingProcess server = new ServingProcess("--idle-timeout", PAUSE_MILLIS / 2 + "ms")) {
            for (int i = 0; i < 50; i++) {
                clients.add(TcpClient.connect("127.0.0.1", server.port()));
            }
            for (Connection<String> client : clients) {
                assertThat(client.request("before", LIMIT)).isEqualTo("before");
            }

            server.signal("STOP");
            for (Connection<String> client : clients) {
                client.send("meanwhile");
                client.flush();
            }
            // Twice as long as a client may be silent.
            passing(PAUSE_MILLIS);
            server.signal("CONT");

            for (Connection<String> client : clients) {
                assertThat(client.receive(LIMIT)).isEqualTo("meanwhile");
            }
        } finally {
            clients.forEach(Connection::close);
        }
    }

    /** A pause does not count as silence, also where nobody spoke during it. */
    @Test
    void tenWhoSpeakAWhileAfterItAreNotCutForItEither() throws Exception {
        List<Connection<String>> clients = new ArrayList<>();
        try (ServingProcess server = new ServingProcess("--idle-timeout", 2 * PAUSE_MILLIS + "ms")) {
            for (int i = 0; i < 10; i++) {
                clients.add(TcpClient.connect("127.0.0.1", server.port()));
            }
            for (Connection<String> client : clients) {
                assertThat(client.request("before", LIMIT)).isEqualTo("before");
            }
            passing(PAUSE_MILLIS / 4);

            server.signal("STOP");
            passing(2 * PAUSE_MILLIS);
            server.signal("CONT");
            // Several of the timer's turns.
            passing(PAUSE_MILLIS / 2);

            for (Connection<String> client : clients) {
                assertThat(client.request("after", LIMIT)).isEqualTo("after");
            }
        } finally {
            clients.forEach(Connection::close);
        }
    }

    @Test
    void whoWaitsForAPlaceIsNotRefusedForItEither() throws Exception {
        try (ServingProcess server = new ServingProcess("--max-connections", "1", "--queue-timeout", 2 * PAUSE_MILLIS + "ms")) {
            try (Connection<String> holder = TcpClient.connect("127.0.0.1", server.port())) {
                assertThat(holder.request("before", LIMIT)).isEqualTo("before");
                try (Connection<String> waiting = TcpClient.connect("127.0.0.1", server.port())) {
                    passing(PAUSE_MILLIS / 4);

                    server.signal("STOP");
                    passing(2 * PAUSE_MILLIS);
                    server.signal("CONT");
                    passing(PAUSE_MILLIS / 2);
                    holder.shutdownOutput();

                    assertThat(waiting.request("after", LIMIT)).isEqualTo("after");
                }
            }
        }
    }

    /** They have not read for a moment, but far from too long, when the server is stopped, and read on when it goes on. */
    @Test
    void tenWhoReadLaterAreNotCutForThePauseEither() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (ServingProcess server = new ServingProcess(
                "--exec", "yes", "--exec-at-once", "--send-buffer-bytes", "65536", "--write-timeout", 2 * PAUSE_MILLIS + "ms")) {
            for (int i = 0; i < 10; i++) {
                Socket client = new Socket();
                clients.add(client);
                client.setReceiveBufferSize(16 << 10);
                client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                client.setSoTimeout((int) LIMIT.toMillis());
                client.getInputStream().readNBytes(1);
            }
            passing(PAUSE_MILLIS / 4);

            server.signal("STOP");
            passing(2 * PAUSE_MILLIS);
            server.signal("CONT");

            for (Socket client : clients) {
                // More than the system can have held.
                assertThat(client.getInputStream().readNBytes(1 << 20)).hasSize(1 << 20);
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static void passing(long millis) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }
}

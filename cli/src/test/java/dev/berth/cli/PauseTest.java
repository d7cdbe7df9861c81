package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
            assertThat(new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
            server.signal("CONT");

            for (Connection<String> client : clients) {
                assertThat(client.receive(LIMIT)).isEqualTo("meanwhile");
            }
        } finally {
            clients.forEach(Connection::close);
        }
    }
}

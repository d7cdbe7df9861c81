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

    @Test
    void fiftyWhoSpokeDuringAPauseAreNotCutForTheirSilence() throws Exception {
        List<Connection<String>> clients = new ArrayList<>();
        try (ServingProcess server = new ServingProcess("--idle-timeout", "700ms")) {
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
            assertThat(new CountDownLatch(1).await(1_400, TimeUnit.MILLISECONDS)).isFalse();
            server.signal("CONT");

            for (Connection<String> client : clients) {
                assertThat(client.receive(LIMIT)).isEqualTo("meanwhile");
            }
        } finally {
            clients.forEach(Connection::close);
        }
    }
}

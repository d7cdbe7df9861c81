package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
    void whoSpokeDuringAPauseIsNotCutForItsSilence() throws Exception {
        try (ServingProcess server = new ServingProcess("--idle-timeout", "700ms");
                Connection<String> client = TcpClient.connect("127.0.0.1", server.port())) {
            assertThat(client.request("before", LIMIT)).isEqualTo("before");

            server.signal("STOP");
            client.send("meanwhile");
            client.flush();
            // Twice as long as the client may be silent.
            assertThat(new CountDownLatch(1).await(1_400, TimeUnit.MILLISECONDS)).isFalse();
            server.signal("CONT");

            assertThat(client.receive(LIMIT)).isEqualTo("meanwhile");
        }
    }
}

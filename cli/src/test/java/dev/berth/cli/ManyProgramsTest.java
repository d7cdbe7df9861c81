package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;

/** Hundreds of programs at once: nobody is harmed, and none is left. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class ManyProgramsTest {
    private static final int CLIENTS = 400;
    private static final int CONNECTS = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Socket socket(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) LIMIT.toMillis());
        return socket;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static void assertNoProcessIsLeft() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(ProcessHandle.current().descendants()).isEmpty());
    }

    @Test
    @Timeout(60)
    void fourHundredProgramsDoNotHoldUpAnEchoBesideThem() throws IOException {
        List<Socket> clients = new ArrayList<>();
        try (RunningCommand programs = RunningCommand.start("serve", "0", "--exec", "exec cat");
                RunningCommand echo = RunningCommand.start("serve", "0");
                Connection<String> beside = TcpClient.connect("127.0.0.1", Integer.parseInt(echo.port()))) {
            int port = Integer.parseInt(programs.port());
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = socket(port);
                clients.add(client);
                send(client, "hello " + i + "\n");
                assertThat(beside.request("beside " + i)).isEqualTo("beside " + i);
            }
            for (int i = 0; i < CLIENTS; i++) {
                byte[] expected = ("hello " + i + "\n").getBytes(UTF_8);
                assertThat(clients.get(i).getInputStream().readNBytes(expected.length)).isEqualTo(expected);
            }
            // All programs are there now, and wait: so do 1200 threads at their pipes.
            assertThat(ProcessHandle.current().descendants().count()).isEqualTo(CLIENTS);
            assertThat(beside.request("still here")).isEqualTo("still here");
            for (Socket client : clients) {
                client.close();
            }
            assertNoProcessIsLeft();
        }
    }

    @Test
    @Timeout(60)
    void aThousandConnectsLeaveNoProcess() throws IOException {
        try (RunningCommand programs = RunningCommand.start("serve", "0", "--exec", "exec cat")) {
            int port = Integer.parseInt(programs.port());
            for (int i = 0; i < CONNECTS; i++) {
                try (Socket client = socket(port)) {
                    // Some say nothing, some go without waiting, some are reset, some see it through.
                    if (i % 4 > 0) {
                        send(client, "x");
                    }
                    if (i % 4 == 2) {
                        client.setSoLinger(true, 0);
                    } else if (i % 4 == 3) {
                        assertThat(client.getInputStream().read()).isEqualTo('x');
                    }
                }
            }
            assertNoProcessIsLeft();
        }
    }
}

package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a flood of clients leaves in the log of {@code berth serve}: a line or ten, and a count of the others. */
final class LogFloodTest {
    private static final int LIMIT_MILLIS = 20_000;
    private static final int MANY = 20;

    private static Socket client(RunningCommand server) throws IOException {
        Socket client = ClosingProvocations.socket(server);
        client.setSoTimeout(LIMIT_MILLIS);
        return client;
    }

    /** One that has a place, and keeps it. */
    private static Socket servedClient(RunningCommand server) throws IOException {
        Socket client = client(server);
        client.getOutputStream().write("x\n".getBytes(UTF_8));
        assertThat(client.getInputStream().readNBytes(2)).hasSize(2);
        return client;
    }

    private static long lines(RunningCommand server, String part) {
        return server.errLines().stream().filter(line -> line.contains(part)).count();
    }

    private static void end(RunningCommand server) {
        server.interrupt();
        server.exitCode();
    }

    @Test
    void ofClientsThatAreRefusedIsOneLineInTenSeconds() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--max-per-ip", "1");
                Socket _ = servedClient(server)) {
            for (int i = 0; i < MANY; i++) {
                try (Socket refused = client(server)) {
                    refused.getInputStream().readAllBytes();
                }
            }
            end(server);

            assertThat(lines(server, " refused: ")).isEqualTo(1);
            assertThat(server.err())
                    .contains("clients refused since the last line: 19: 19 too many from its address (--max-per-ip)");
        }
    }

    @Test
    void ofClientsThatWaitIsOneLineInTenSeconds() throws IOException {
        List<Socket> clients = new ArrayList<>();
        try (RunningCommand server = RunningCommand.start("serve", "0", "--single", "wait", "--max-queued", "" + MANY);
                Socket _ = servedClient(server)) {
            for (int i = 0; i < MANY; i++) {
                clients.add(client(server));
            }
            // The queue is full, so they wait.
            try (Socket refused = client(server)) {
                refused.getInputStream().readAllBytes();
            }
            end(server);

            assertThat(lines(server, " waits for a place, ")).isEqualTo(1);
            assertThat(server.err()).contains("clients that had to wait since the last line: 19: 19 in the queue");
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A         | --frame stxetx             | bad frame
            123456789 | --max-frame 8              | frame too large
            half      | --frame-timeout 300ms      | frame not ended in time
            ''        | --first-byte-timeout 1500ms | no first byte in time
            """)
    void ofClientsThatEndByAFaultAreTenLinesForEachReason(String said, String option, String reason) throws IOException {
        List<Socket> clients = new ArrayList<>();
        try (RunningCommand server = RunningCommand.start(("serve 0 " + option).split(" "))) {
            for (int i = 0; i < MANY; i++) {
                Socket client = client(server);
                clients.add(client);
                client.getOutputStream().write(said.getBytes(UTF_8));
            }
            for (Socket client : clients) {
                client.getInputStream().readAllBytes();
            }
            end(server);

            assertThat(lines(server, " closed: ")).isEqualTo(10);
            assertThat(server.err()).contains("clients closed since the last line: 10: 10 " + reason);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void ofBadFramesHidesNoOtherFaultAndNoOrdinaryEnd() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--frame", "stxetx")) {
            for (int i = 0; i < MANY; i++) {
                try (Socket bad = client(server)) {
                    bad.getOutputStream().write('A');
                    bad.getInputStream().readAllBytes();
                }
            }
            try (Socket half = client(server);
                    Socket good = client(server)) {
                half.getOutputStream().write("\2half".getBytes(UTF_8));
                half.shutdownOutput();
                good.getOutputStream().write("\2whole\3".getBytes(UTF_8));
                good.shutdownOutput();
                half.getInputStream().readAllBytes();
                good.getInputStream().readAllBytes();
            }
            end(server);

            assertThat(lines(server, " connected")).isEqualTo(12);
            assertThat(lines(server, " closed: bad frame: ")).isEqualTo(10);
            assertThat(lines(server, " closed: ended inside a frame")).isEqualTo(1);
            assertThat(lines(server, " closed: peer closed")).isEqualTo(1);
        }
    }
}

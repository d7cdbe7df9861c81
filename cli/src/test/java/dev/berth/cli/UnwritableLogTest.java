package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;

/** FAULTS E11: {@code berth serve} whose log and trace can't be written, in a process of its own. */
@EnabledOnOs(OS.LINUX)
final class UnwritableLogTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern LISTENING = Pattern.compile("listening on 127.0.0.1:(\\d+)");
    /** The largest file that the process may write: to it, the disk is full then. */
    private static final int FULL_KIB = 64;

    private static Process start(String shell) throws IOException {
        String command = String.join(" ", List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Its file of counters would be larger than it may write.
                "-XX:-UsePerfData",
                "-cp",
                "'" + String.join(File.pathSeparator, Stream.of("jdk.module.path", "java.class.path").map(System::getProperty).toList()) + "'",
                "dev.berth.cli.Main",
                "serve",
                "0",
                "--trace",
                "text"));
        return new ProcessBuilder("bash", "-c", shell.replace("BERTH", command)).start();
    }

    private static int port(Path log) {
        await().atMost(LIMIT).until(() -> LISTENING.matcher(Files.readString(log)).find());
        try {
            Matcher line = LISTENING.matcher(Files.readString(log));
            assertThat(line.find()).isTrue();
            return Integer.parseInt(line.group(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void served(int port, int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            try (Connection<String> client = TcpClient.connect("127.0.0.1", port)) {
                assertThat(client.request("hello", LIMIT)).isEqualTo("hello");
            }
        }
    }

    @Test
    void onAFullDiskClientsAreServedAndTheLinesLostAreCountedOnceThereIsRoom(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        Process server = start("ulimit -f " + FULL_KIB + "; exec BERTH > /dev/full 2>> " + log);
        try {
            int port = port(log);
            // Two lines of some fifty bytes each.
            served(port, 1_000);
            await().atMost(LIMIT).until(() -> Files.size(log) == FULL_KIB << 10);
            served(port, 100);

            try (FileChannel full = FileChannel.open(log, StandardOpenOption.WRITE)) {
                full.truncate(0);
            }
            served(port, 1);
            await().atMost(LIMIT).until(() -> Files.readString(log).matches("(?s)\\s*berth: \\d+ lines dropped here: they could not be written\n.*"));
            served(port, 1);
            await().atMost(LIMIT).until(() -> Files.readString(log).contains(" #1102 "));
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void whereNobodyReadsItClientsAreServed(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        // What reads the log takes a line, tells it, and then nothing more.
        Process server = start("exec BERTH > >(sleep 60) 2> >(head -n 1 > " + log + "; sleep 60)");
        try {
            int port = port(log);
            // More than both pipes hold.
            served(port, 2_000);
        } finally {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
    }
}

package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.server.TcpServer;

/** E3: a handler that exhausts the heap, in a process of its own. */
final class HeapExhaustionTest {
    /** What the JVM exits with when it exits on an OutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;

    /** The child: an echo server that hoards when it is told to. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            TcpServer server = TcpServer.builder(Codec.lines()).port(0).firstByteTimeout(Duration.ofSeconds(1)).handler(client -> client.forEach(line -> {
                if (line.equals("hoard")) {
                    hoard();
                }
                client.send(line);
            })).start();
            System.out.println(server.port());
            server.awaitTermination();
        }

        private static int hoard() {
            List<byte[]> hoarded = new ArrayList<>();
            while (hoarded.size() < Integer.MAX_VALUE) {
                hoarded.add(new byte[100_000]);
            }
            return hoarded.size();
        }
    }

    private static Process start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@src/main/launcher/java.options", "-Xmx48m"));
        command.addAll(List.of(more));
        command.addAll(List.of(
                "-cp",
                String.join(File.pathSeparator, Stream.of("jdk.module.path", "java.class.path").map(System::getProperty).toList())
                        + File.pathSeparator + "target/test-classes",
                Child.class.getName()));
        return new ProcessBuilder(command).start();
    }

    private static int port(BufferedReader out) throws IOException {
        return Integer.parseInt(String.valueOf(out.readLine()));
    }

    private static void hoard(int port) throws IOException {
        try (Socket hoarder = new Socket(InetAddress.getLoopbackAddress(), port)) {
            hoarder.getOutputStream().write("hoard\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(hoarder.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void endsTheProcessUnderTheLaunchersOptions() throws Exception {
        Process server = start();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            hoard(port(out));

            assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(OUT_OF_MEMORY);
        } finally {
            server.destroyForcibly();
        }
    }

    /** The acceptor, the timer and a hundred others outlive it, several times. */
    @Test
    void endsOnlyItsOwnClientWithoutThem() throws Exception {
        Process server = start("-XX:-ExitOnOutOfMemoryError");
        List<Connection<String>> others = new ArrayList<>();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            int port = port(out);
            for (int i = 0; i < 100; i++) {
                others.add(TcpClient.connect("127.0.0.1", port));
                assertThat(others.getLast().request("before")).isEqualTo("before");
            }
            for (int i = 0; i < 3; i++) {
                hoard(port);
            }

            for (Connection<String> other : others) {
                assertThat(other.request("after")).isEqualTo("after");
            }
            try (Connection<String> next = TcpClient.connect("127.0.0.1", port);
                    Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(next.request("next")).isEqualTo("next");
                assertThat(silent.getInputStream().read()).as("cut by the timer").isEqualTo(-1);
            }
        } finally {
            others.forEach(Connection::close);
            server.destroyForcibly();
        }
    }
}

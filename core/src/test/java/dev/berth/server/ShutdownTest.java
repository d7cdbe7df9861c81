package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.berth.proof.Peer;

/** {@code drainOnShutdown}, in a process of its own that is really told to end. */
class ShutdownTest {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final int SIGTERM = 15;

    /** The child: answers when its standard input says so. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws Exception {
            var go = new CountDownLatch(1);
            var server = TcpServer.listen(0, client -> client.forEach(line -> {
                client.send("working");
                go.await();
                client.send("did " + line);
            })).drainOnShutdown();
            System.out.println(server.port());
            if (System.in.read() >= 0) {
                go.countDown();
            }
            server.awaitTermination();
        }
    }

    @Test
    void aClientThatWaitsForItsAnswerWhenTheProcessIsToldToEndStillGetsIt() throws Exception {
        var classes = "target/classes" + File.pathSeparator + "target/test-classes";
        var process = new ProcessBuilder(JAVA, "-cp", classes, Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader(StandardCharsets.UTF_8);
                var in = process.outputWriter(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(String.valueOf(out.readLine()));
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (var idle = Peer.to(address);
                    var busy = Peer.to(address).send("work")) {
                assertThat(busy.line()).isEqualTo("working");
                // SIGTERM, by the handle, since the process itself would close its streams too.
                process.toHandle().destroy();
                // The drain has begun.
                assertThat(idle.line()).isNull();
                assertThat(process.isAlive()).isTrue();
                in.write("go");
                in.flush();

                assertThat(busy.rest()).containsExactly("did work");
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + SIGTERM);
        } finally {
            process.destroyForcibly();
        }
    }
}

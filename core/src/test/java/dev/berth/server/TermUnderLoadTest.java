package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.berth.framing.Codec;
import dev.berth.proof.Peer;
import dev.berth.proof.Signal;

/** FAULTS E14: a process told to end while two hundred clients ask, one handler is stuck and one peer does not read. */
class TermUnderLoadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(2);
    /** A thousand in acceptance/full-size. */
    private static final int CLIENTS = Boolean.getBoolean("berth.full") ? 1_000 : 200;
    private static final int SIGTERM = 15;

    /** The child: echoes, and says at its end how many requests its handlers have taken. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws Exception {
            var never = new Signal();
            var taken = new AtomicInteger();
            var server = TcpServer.builder(Codec.lines()).port(0).handler(client -> client.forEach(line -> {
                switch (line) {
                    case "stuck" -> never.awaitStubbornly();
                    case "flood" -> {
                        while (true) {
                            client.send("x".repeat(10_000));
                        }
                    }
                    default -> {
                        taken.incrementAndGet();
                        client.send(line);
                    }
                }
            })).start().drainOnShutdown(DRAIN);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                try {
                    server.awaitTermination();
                    System.out.println(taken.get());
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            System.out.println(server.port());
            server.awaitTermination();
        }
    }

    private static void ask(InetSocketAddress address, AtomicInteger answered) {
        try (var peer = Peer.to(address)) {
            while (true) {
                peer.send("request");
                if (peer.line() == null) {
                    return;
                }
                answered.incrementAndGet();
            }
        } catch (IOException ended) {
            // Sent after the drain had begun, to a socket that is closed.
        }
    }

    @Test
    void whatWasTakenIsAnsweredAndTheProcessEndsAtItsLimit() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-cp", "target/classes" + File.pathSeparator + "target/test-classes", Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(String.valueOf(out.readLine())));
            var answered = new AtomicInteger();
            try (var stuck = Peer.to(address).send("stuck");
                    var zeroWindow = Peer.to(address, 2_048).send("flood")) {
                var asking = new ArrayList<Thread>();
                for (int i = 0; i < CLIENTS; i++) {
                    asking.add(Thread.ofVirtual().start(() -> ask(address, answered)));
                }
                await().atMost(PATIENCE).until(() -> answered.get() > 10 * CLIENTS);

                long start = System.nanoTime();
                process.toHandle().destroy();
                assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                var took = Duration.ofNanos(System.nanoTime() - start);

                for (var thread : asking) {
                    assertThat(thread.join(PATIENCE)).isTrue();
                }
                assertThat(out.readLine()).as("taken").isEqualTo(String.valueOf(answered));
                assertThat(process.exitValue()).isEqualTo(128 + SIGTERM);
                // Half a second on a machine with nothing else to do, most of it for the handler that does not return.
                assertThat(took).isBetween(DRAIN, DRAIN.plusSeconds(5));
                stuck.awaitEnd();
                zeroWindow.leave();
            }
        } finally {
            process.destroyForcibly();
        }
    }
}

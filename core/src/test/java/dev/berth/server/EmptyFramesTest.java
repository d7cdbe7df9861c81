package dev.berth.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;

/** FAULTS B4: frames without a byte, as fast as they can be sent. */
@ExtendWith(Baseline.class)
class EmptyFramesTest {
    private static final int IN_ALL = 10_000_000;
    /** One more than can run at once. */
    private static final int FLOODERS = Runtime.getRuntime().availableProcessors() + 1;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Says how many empty frames came, once something else does. */
    private static void count(Connection<String> client) throws IOException {
        int empty = 0;
        for (Integer length; (length = client.receive(FrameView::length)) != null; ) {
            if (length == 0) {
                empty++;
            } else {
                client.send(String.valueOf(empty));
            }
        }
    }

    private static void flood(Peer peer, int frames) throws IOException {
        byte[] many = "\n".repeat(10_000).getBytes(US_ASCII);
        for (int sent = 0; sent < frames; sent += many.length) {
            peer.socket().getOutputStream().write(many);
        }
        peer.send("how many?");
    }

    @Test
    void tenMillionOfThemAreCountedWhileOthersAreServedWithinASecond() throws Exception {
        int each = IN_ALL / FLOODERS / 10_000 * 10_000;
        var counted = new AtomicInteger();
        try (var server = TcpServer.builder(Codec.lines()).port(0).handler(EmptyFramesTest::count).start();
                var other = Peer.of(server)) {
            var floods = new ArrayList<Thread>();
            for (int i = 0; i < FLOODERS; i++) {
                floods.add(Thread.ofPlatform().start(() -> {
                    try (var peer = Peer.of(server)) {
                        flood(peer, each);
                        counted.addAndGet(Integer.parseInt(String.valueOf(peer.line())));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            int asked = 0;
            while (floods.stream().anyMatch(Thread::isAlive)) {
                long start = System.nanoTime();
                assertThat(other.send("served?").line()).isEqualTo("0");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECOND);
                asked++;
            }
            assertThat(asked).isPositive();
            assertThat(counted).hasValue(each * FLOODERS);
        }
    }

    @Test
    void countAsFramesWhereFramesAreLimited() throws Exception {
        int rate = 10_000;
        try (var server = TcpServer.builder(Codec.lines()).port(0).maxFramesPerSecond(rate).handler(EmptyFramesTest::count).start();
                var peer = Peer.of(server)) {
            long start = System.nanoTime();
            flood(peer, 3 * rate);

            assertThat(peer.line()).isEqualTo(String.valueOf(3 * rate));
            // The first ten thousand come at once.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_900));
        }
    }
}

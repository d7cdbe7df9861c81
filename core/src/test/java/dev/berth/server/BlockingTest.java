package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.Signal;

/** FAULTS E5: handlers that block, in every way that Java has, are slow for their own clients only. */
@ExtendWith(Baseline.class)
class BlockingTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int BLOCKED = 1_000;

    private final Signal over = new Signal();
    private final AtomicInteger here = new AtomicInteger();
    private final Object monitor = new Object();

    /** Initialized once, slowly: whoever does it, or waits for it, can't be taken off its carrier by a JDK before 26. */
    private static final class Slow {
        static final AtomicInteger VALUE = new AtomicInteger(1);

        static {
            Begun.SIGNAL.give();
            Begun.OVER.awaitStubbornly();
        }

        private Slow() {}
    }

    /** What {@link Slow} can be asked before it is there. */
    private static final class Begun {
        static final Signal SIGNAL = new Signal();
        static final Signal OVER = new Signal();

        private Begun() {}
    }

    private void block(String how) throws InterruptedException {
        here.incrementAndGet();
        switch (how) {
            case "sleep" -> over.within(LIMIT);
            case "wait" -> {
                synchronized (monitor) {
                    while (!over.isGiven()) {
                        monitor.wait();
                    }
                }
            }
            case "enter" -> {
                synchronized (this) {
                    here.addAndGet(0);
                }
            }
            default -> Slow.VALUE.incrementAndGet();
        }
    }

    @Test
    void aThousandThatSleepOrWaitOrWantAMonitorOrPinTheirCarrierCostNobodyElseASecond() throws Exception {
        String[] ways = {"sleep", "wait", "enter"};
        try (var server = TcpServer.builder(Codec.lines()).port(0).maxConnections(2 * BLOCKED).handler(client -> client.forEach(line -> {
                    if (line.startsWith("block ")) {
                        block(line.substring("block ".length()));
                    }
                    client.send(line);
                })).start();
                var other = Peer.of(server)) {
            assertThat(other.send("before").line()).isEqualTo("before");
            var blocked = new ArrayList<Peer>();
            synchronized (this) {
                for (int i = 0; i < BLOCKED; i++) {
                    blocked.add(Peer.of(server).send("block " + ways[i % ways.length]));
                }
                await().atMost(LIMIT).until(() -> here.get() == BLOCKED);
                // One more than there are carriers.
                for (int i = 0; i <= PROCESSORS; i++) {
                    blocked.add(Peer.of(server).send("block pinning"));
                }
                Begun.SIGNAL.await();
                for (int i = 0; i < 20; i++) {
                    long start = System.nanoTime();
                    assertThat(other.send("served?").line()).isEqualTo("served?");
                    try (var newcomer = Peer.of(server)) {
                        assertThat(newcomer.send("accepted?").line()).isEqualTo("accepted?");
                    }
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECOND);
                }
            }
            over.give();
            Begun.OVER.give();
            synchronized (monitor) {
                monitor.notifyAll();
            }
            for (var peer : blocked) {
                assertThat(peer.line()).startsWith("block ");
                peer.close();
            }
        }
    }
}

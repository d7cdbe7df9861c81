package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Histogram;
import dev.berth.proof.Peer;
import dev.berth.proof.ThreadDump;

/** FAULTS E7: a deadline costs neither a thread nor anything that stays. */
@ExtendWith(Baseline.class)
class TimersTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int CLIENTS = 20;
    /** Five times as many in acceptance/full-size. */
    private static final int EACH = Boolean.getBoolean("berth.full") ? 5_000 : 1_000;
    /** What the JDK keeps for a virtual thread that waits with a limit. */
    private static final String TIMERS = "java\\.util\\.concurrent\\..*(ScheduledFutureTask|ScheduledForkJoinTask)";

    private static void ask(List<Peer> peers, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            // All wait before the first one is answered.
            for (var peer : peers) {
                peer.send("a");
            }
            for (var peer : peers) {
                assertThat(peer.line()).isEqualTo("a");
            }
        }
    }

    private static List<String> threads() throws IOException {
        return ThreadDump.berthThreads().stream().filter(name -> !name.endsWith("-probe") && !name.equals("berth-sweeper")).sorted().toList();
    }

    @Test
    void tensOfThousandsOfWaitsForAMinuteLeaveNoThreadAndNoTimer() throws Exception {
        var peers = new ArrayList<Peer>();
        try (var server = TcpServer.builder(Codec.lines()).port(0)
                .firstByteTimeout(MINUTE).frameTimeout(MINUTE).idleTimeout(MINUTE).writeTimeout(MINUTE)
                .handler(client -> {
                    for (String line; (line = client.receive(MINUTE)) != null; ) {
                        client.send(line);
                    }
                }).start()) {
            for (int i = 0; i < CLIENTS; i++) {
                peers.add(Peer.of(server));
            }
            ask(peers, 10);
            var before = threads();
            long timers = Histogram.live(TIMERS);

            ask(peers, EACH);

            assertThat(before).hasSize(CLIENTS + 3).anyMatch(name -> name.endsWith("-timer"));
            await().atMost(LIMIT).untilAsserted(() -> assertThat(threads()).isEqualTo(before));
            await().atMost(LIMIT).untilAsserted(() -> assertThat(Histogram.live(TIMERS)).isLessThanOrEqualTo(timers + CLIENTS));
            for (var peer : peers) {
                peer.close();
            }
        }
    }
}

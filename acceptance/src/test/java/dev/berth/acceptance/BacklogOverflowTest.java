package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many more connects at once than the kernel keeps for a server. FAULTS A13. */
class BacklogOverflowTest {
    private static final int BACKLOG = 16;
    /** Twenty thousand in acceptance/full-size. */
    private static final int COMING = Boolean.getBoolean("berth.full") ? 20_000 : 500;
    private static final int AT_ONCE = 4_000;
    /** So many come while the server is stopped: else a quick one might take each as it comes, and nothing would overflow. */
    private static final int FIRST = 100;
    /** The kernel asks again after 1, 3, 7, 15, 31 and 63 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /**
     * Where the kernel answers an overflow with SYN cookies, which is its default, it leaves a few connected with nobody: they must have
     * a limit of their own, and come again.
     */
    private static final Duration ANSWERED = Duration.ofSeconds(10);
    private static final int MOST_VISITS = 5;

    @Test
    @Timeout(300)
    void everybodyIsServedInTheEndAndTheServerKnowsOfNoError() throws Exception {
        var served = new AtomicInteger();
        var cameAgain = new AtomicInteger();
        var free = new Semaphore(AT_ONCE);
        try (var server = ServerProcess.start(List.of(), "backlog=" + BACKLOG)) {
            long before = SystemConnection.counted("ListenOverflows");
            long start = System.nanoTime();
            List<Thread> coming = new ArrayList<>();
            signal("STOP", server);
            for (int i = 0; i < COMING; i++) {
                if (i == FIRST) {
                    await().atMost(ANSWERED).until(() -> SystemConnection.counted("ListenOverflows") > before);
                    signal("CONT", server);
                }
                free.acquire();
                coming.add(Thread.ofVirtual().start(() -> {
                    beServed(server.port(), served, cameAgain);
                    free.release();
                }));
            }
            for (var client : coming) {
                assertThat(client.join(PATIENCE)).isTrue();
            }
            long overflows = SystemConnection.counted("ListenOverflows") - before;
            System.out.printf("%d clients at a backlog of %d were served within %s; it overflowed %d times; %d waited in vain and came again%n",
                    COMING, BACKLOG, Duration.ofNanos(System.nanoTime() - start), overflows, cameAgain.get());

            assertThat(overflows).isPositive();
            assertThat(served).hasValue(COMING);
            assertThat(server.ask("errors")).isZero();
            assertThat(server.ask("refused")).isZero();
        }
    }

    private static void signal(String name, ServerProcess server) {
        Tools.succeed(List.of("bash", "-c", "kill -" + name + " " + server.pid()));
    }

    private static void beServed(int port, AtomicInteger served, AtomicInteger cameAgain) {
        boolean wasServed = false;
        for (int visit = 1; !wasServed && visit <= MOST_VISITS; visit++) {
            cameAgain.addAndGet(visit == 1 ? 0 : 1);
            try (var client = new EchoClient(port, PATIENCE)) {
                client.patience(ANSWERED);
                wasServed = Reply.answer("me too").equals(client.ask("me too"));
            } catch (IOException e) {
                // Comes again.
            }
        }
        served.addAndGet(wasServed ? 1 : 0);
    }
}

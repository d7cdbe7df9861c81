package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is killed and started again on its port, under its clients. FAULTS A15, A17. */
@Timeout(300)
class RestartTest {
    private static final int LEFT_IN_TIME_WAIT = 1_000;
    /** Five thousand in acceptance/full-size. */
    private static final int COME_BACK = Boolean.getBoolean("berth.full") ? 5_000 : 1_000;
    /** A JVM's start on a busy machine, and far less than the minute for which connections stay in TIME_WAIT. */
    private static final Duration LONGEST_RESTART = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aKilledServersPortIsServedAgainAlthoughItsConnectionsAreStillInTimeWait() throws Exception {
        var clients = new ArrayList<EchoClient>();
        int port;
        try (var server = ServerProcess.start(List.of())) {
            port = server.port();
            for (int i = 0; i < LEFT_IN_TIME_WAIT; i++) {
                clients.add(new EchoClient(port, PATIENCE));
            }
            assertThat(clients.getLast().ask("hello")).isEqualTo(Reply.answer("hello"));
        }
        for (var client : clients) {
            assertThat(client.readLine()).isNull();
            client.close();
        }
        // A machine on which many others end connections too lets go of some at once.
        assertThat(inTimeWait(port)).isGreaterThan(LEFT_IN_TIME_WAIT / 2);

        long start = System.nanoTime();
        try (var again = ServerProcess.start(List.of(), "port=" + port);
                var client = new EchoClient(again.port(), PATIENCE)) {
            assertThat(client.ask("hello")).isEqualTo(Reply.answer("hello"));
            var took = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("a killed server's port was served again after %s, its JVM's start included%n", took);
            assertThat(took).isLessThan(LONGEST_RESTART);
        }
    }

    private static long inTimeWait(int localPort) throws IOException {
        return SystemConnection.all().stream()
                .filter(end -> end.localPort() == localPort && end.state().equals(SystemConnection.TIME_WAIT))
                .count();
    }

    @Test
    void aThousandClientsThatComeBackAtOnceAreAllServed() throws Exception {
        var here = new CountDownLatch(COME_BACK);
        var mostAreBack = new CountDownLatch(COME_BACK * 99 / 100);
        var allAreBack = new CountDownLatch(COME_BACK);
        var over = new CountDownLatch(1);
        int port;
        List<Thread> coming = new ArrayList<>();
        try (var server = ServerProcess.start(List.of())) {
            port = server.port();
            for (int i = 0; i < COME_BACK; i++) {
                coming.add(Thread.ofVirtual().start(() -> {
                    beServedUntilTheEnd(port, over, here);
                    beServedUntilTheEnd(port, over, mostAreBack, allAreBack);
                }));
            }
            assertThat(here.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        try (var again = ServerProcess.start(List.of(), "port=" + port)) {
            long start = System.nanoTime();
            assertThat(mostAreBack.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            var most = Duration.ofNanos(System.nanoTime() - start);
            assertThat(allAreBack.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            System.out.printf("%d clients came back after a restart: 99 %% within %s of it, all within %s%n",
                    COME_BACK, most, Duration.ofNanos(System.nanoTime() - start));

            assertThat(again.ask("live")).isEqualTo(COME_BACK);
            assertThat(again.ask("refused")).isZero();
            assertThat(again.ask("errors")).isZero();
            over.countDown();
        }
        for (var client : coming) {
            assertThat(client.join(PATIENCE)).isTrue();
        }
    }

    /** Comes, as often as it must and each time later by chance, tells that it is served, and stays until the server ends it. */
    private static void beServedUntilTheEnd(int port, CountDownLatch over, CountDownLatch... served) {
        boolean wasServed = false;
        for (long longest = 50; !wasServed && over.getCount() > 0; longest = Math.min(2 * longest, 2_000)) {
            try (var client = new EchoClient(port, PATIENCE)) {
                if (Reply.answer("here").equals(client.ask("here"))) {
                    wasServed = true;
                    List.of(served).forEach(CountDownLatch::countDown);
                    client.patience(Duration.ZERO);
                    client.readLine();
                }
            } catch (IOException e) {
                // Not served yet, or ended by a reset.
            }
            pause(ThreadLocalRandom.current().nextLong(longest), over);
        }
    }

    private static void pause(long millis, CountDownLatch over) {
        try {
            var _ = over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

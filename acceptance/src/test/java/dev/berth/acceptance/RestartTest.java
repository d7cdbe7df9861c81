package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is killed and started again on its port, under its clients. FAULTS A15, A17. */
@Timeout(300)
class RestartTest {
    /** A socket of the JDK speaks IPv4 as IPv6, where there is IPv6. */
    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String TIME_WAIT = "06";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aKilledServersPortIsServedAgainAlthoughItsConnectionsAreStillInTimeWait() throws Exception {
        var clients = new ArrayList<EchoClient>();
        int port;
        try (var server = ServerProcess.start(List.of())) {
            port = server.port();
            for (int i = 0; i < 200; i++) {
                clients.add(new EchoClient(port, PATIENCE));
            }
            assertThat(clients.getLast().ask("hello")).isEqualTo(Reply.answer("hello"));
        }
        for (var client : clients) {
            assertThat(client.readLine()).isNull();
            client.close();
        }
        assertThat(inTimeWait(port)).isGreaterThan(100);

        try (var again = ServerProcess.start(List.of(), "port=" + port);
                var client = new EchoClient(again.port(), PATIENCE)) {
            assertThat(client.ask("hello")).isEqualTo(Reply.answer("hello"));
        }
    }

    private static long inTimeWait(int localPort) throws IOException {
        String end = String.format(Locale.ROOT, ":%04X", localPort);
        long count = 0;
        for (var connections : CONNECTIONS) {
            count += Files.readString(connections).lines()
                    .map(line -> line.strip().split(" +", -1))
                    .filter(fields -> fields[1].endsWith(end) && fields[3].equals(TIME_WAIT))
                    .count();
        }
        return count;
    }

    @Test
    void aThousandClientsThatComeBackAtOnceAreAllServed() throws Exception {
        int clients = 1_000;
        var here = new CountDownLatch(clients);
        var mostAreBack = new CountDownLatch(clients * 99 / 100);
        var allAreBack = new CountDownLatch(clients);
        var over = new CountDownLatch(1);
        int port;
        List<Thread> coming = new ArrayList<>();
        try (var server = ServerProcess.start(List.of())) {
            port = server.port();
            for (int i = 0; i < clients; i++) {
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
                    clients, most, Duration.ofNanos(System.nanoTime() - start));

            assertThat(again.ask("live")).isEqualTo(clients);
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

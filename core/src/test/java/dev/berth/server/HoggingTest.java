package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jdk.management.VirtualThreadSchedulerMXBean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** E5, E6, P13: handlers that keep their carrier, more of them than there are processors, cost the others no second. */
@ExtendWith(Baseline.class)
@SuppressWarnings("try") // a server that is closed early is closed early on purpose
class HoggingTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String BUSY = "BUSY";

    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private final int usual = scheduler.getParallelism();
    private final RecordingEvents events = new RecordingEvents();
    private final Semaphore hogging = new Semaphore(0);
    private final Queue<Process> silent = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    @AfterEach
    void endTheHogs() {
        over = true;
        silent.forEach(Process::destroy);
    }

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(client -> client.forEach(line -> {
            switch (line) {
                case "compute" -> {
                    hogging.release();
                    compute();
                }
                case "pipe" -> readAPipe();
                default -> client.send(line);
            }
        }));
    }

    /** No call, nothing that lets go: only the flag ends it. */
    private long compute() {
        long x = 0;
        while (!over) {
            x++;
        }
        return x;
    }

    /** A pipe's read keeps its carrier: for the JDK it is a file. */
    private void readAPipe() throws IOException {
        var process = new ProcessBuilder("sleep", "60").start();
        silent.add(process);
        hogging.release();
        process.getInputStream().read();
    }

    /** One more than there are processors, and one in a pipe. */
    private static List<Peer> hogs(TcpServer server) throws IOException {
        var hogs = new ArrayList<Peer>();
        for (int i = 0; i <= PROCESSORS; i++) {
            hogs.add(Peer.of(server).send("compute"));
        }
        hogs.add(Peer.of(server).send("pipe"));
        return hogs;
    }

    /** Waits until each of them keeps its carrier. */
    private void awaitAll(List<Peer> hogs) throws InterruptedException {
        assertThat(hogging.tryAcquire(hogs.size(), LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void othersAreAcceptedServedRefusedAndTimedOutWithinASecond() throws Exception {
        int places = PROCESSORS + 1 + 1 + 2;
        var queueTimeout = Duration.ofMillis(200);
        try (var server = server().maxConnections(places).maxQueued(1).queueTimeout(queueTimeout).busyNotice(BUSY).start();
                var here = Peer.of(server)) {
            assertThat(here.send("before").line()).isEqualTo("before");
            var hogs = hogs(server);

            within(SECOND, () -> assertThat(here.send("served").line()).isEqualTo("served"));
            awaitAll(hogs);
            within(SECOND, () -> {
                try (var newcomer = Peer.of(server);
                        var waiting = Peer.of(server)) {
                    assertThat(newcomer.send("accepted").line()).isEqualTo("accepted");
                    assertThat(waiting.rest()).containsExactly(BUSY);
                }
            });
            assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.QUEUE_TIMEOUT);
            assertThat(events.nextStarved().relieved()).isTrue();

            over = true;
            silent.forEach(Process::destroy);
            for (var hog : hogs) {
                hog.close();
            }
            await("the added carriers are taken back").atMost(LIMIT).until(() -> scheduler.getParallelism() == usual);
            assertThat(here.send("after").line()).isEqualTo("after");
        }
        assertThat(events.seen("starved")).hasSize(1);
    }

    @Test
    void aSilentClientIsCutWithinASecondOfItsTimeToo() throws Exception {
        var patience = Duration.ofMillis(500);
        try (var server = server().firstByteTimeout(patience).start()) {
            var hogs = hogs(server);
            awaitAll(hogs);
            within(patience.plus(SECOND), () -> {
                try (var quiet = Peer.of(server)) {
                    quiet.awaitEnd();
                }
            });
            // Before the hogs end: its own thread tells of it, which waits for a carrier like any other.
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.FIRST_BYTE_TIMEOUT);
            over = true;
            silent.forEach(Process::destroy);
            for (var hog : hogs) {
                hog.close();
            }
        }
        await().atMost(LIMIT).until(() -> scheduler.getParallelism() == usual);
    }

    @Test
    void aFullServerRefusesWithinASecondToo() throws Exception {
        try (var server = server().maxConnections(PROCESSORS + 2).whenFull(WhenFull.REFUSE).busyNotice(BUSY).start()) {
            var hogs = hogs(server);
            awaitAll(hogs);
            within(SECOND, () -> {
                try (var refused = Peer.of(server)) {
                    assertThat(refused.rest()).containsExactly(BUSY);
                }
            });
            over = true;
            for (var hog : hogs) {
                hog.close();
            }
        }
        await().atMost(LIMIT).until(() -> scheduler.getParallelism() == usual);
    }

    @Test
    void twoServersThatAddCarriersBothGiveThemAllBack() throws Exception {
        try (var one = server().start();
                var other = server().start();
                var peer = Peer.of(other)) {
            var hogs = hogs(one);
            hogs.addAll(hogs(other));
            awaitAll(hogs);
            within(SECOND, () -> assertThat(peer.send("a").line()).isEqualTo("a"));

            // The watch that stays adds again what the first one takes back.
            one.close();
            within(SECOND, () -> assertThat(peer.send("b").line()).isEqualTo("b"));
            over = true;
            for (var hog : hogs) {
                hog.close();
            }
        }
        await().atMost(LIMIT).until(() -> scheduler.getParallelism() == usual);
    }

    /** What a step of a test does. */
    private interface Step {
        void take() throws Exception;
    }

    private static void within(Duration limit, Step step) throws Exception {
        long start = System.nanoTime();
        step.take();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
    }
}

package dev.berth.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The thread that looks whether virtual threads still come to run, and adds carriers when they do not: handlers that
 * compute without end, or block where the JDK cannot unmount them, keep theirs (docs/decisions/0017).
 *
 * <p>A probe, a virtual thread that does nothing, is started ten times a second while the server has clients. If it has not
 * run 100 ms later though carriers do not go from client to client, there are more carriers until a second passes in which some
 * would not have been needed. If they do, there are a few more each 300 ms: a carrier runs what its own clients make ready before
 * it looks for threads that others have started, so that under full load nobody new would ever be served.
 */
final class CarrierWatch implements Runnable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofMillis(10);
    private static final Duration ROUND = Duration.ofMillis(50);
    private static final Duration LOAD_PATIENCE = Duration.ofMillis(300);
    private static final int FEW = 2;
    private static final Duration HOPE = Duration.ofSeconds(1);
    private static final int LOOKS_BEFORE_TAKING_BACK = 10;
    private static final long REPORT_NANOS = Duration.ofSeconds(10).toNanos();

    private final String label;
    private final Clients clients;
    private final FencedEvents events;
    private final Thread thread;
    private volatile boolean stopped;

    // The watch's thread only. Carriers are looked up when they are needed first: JMX costs a start 40 ms.
    private @Nullable Carriers carriers;
    private boolean added;
    private int quietLooks;
    private int leastBusy = Integer.MAX_VALUE;
    private long nextReport = System.nanoTime();

    CarrierWatch(String label, Clients clients, FencedEvents events) {
        this.label = label;
        this.clients = clients;
        this.events = events;
        thread = Thread.ofPlatform().daemon().name("berth-" + label + "-carriers").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Takes back what was added and ends the thread; harmless if it has ended. */
    void stop() {
        stopped = true;
        thread.interrupt();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                turn();
            }
        } finally {
            takeBackTo(0);
        }
    }

    private void turn() {
        try {
            if (added || !clients.isEmpty()) {
                look();
            }
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            // By stop; or by an observer on its own thread, which is no reason to stop.
        }
    }

    private void look() throws InterruptedException {
        try {
            var probe = new CountDownLatch(1);
            long start = System.nanoTime();
            probe(probe);
            boolean late = false;
            long nextFew = start + LOAD_PATIENCE.toNanos();
            while (!ran(probe, PATIENCE)) {
                late = true;
                if (!goRound()) {
                    relieve(probe, start);
                } else if (System.nanoTime() - nextFew >= 0 && areAdjustable()) {
                    nextFew += LOAD_PATIENCE.toNanos();
                    add(probe, FEW);
                }
            }
            if (!late) {
                quiet();
            }
        } catch (OutOfMemoryError e) {
            // None for a probe, or for more carriers. This thread must outlive it; the acceptor is the one to tell.
        }
    }

    /**
     * Whether the probe is late only because there is much to do: more clients than carriers have received something
     * meanwhile, so carriers go from one to the next. Fewer may be clients that flood, whose reads never wait.
     */
    private boolean goRound() throws InterruptedException {
        var before = received();
        Thread.sleep(ROUND);
        long moved = received().entrySet().stream()
                .filter(now -> !now.getValue().equals(before.get(now.getKey())))
                .count();
        return moved > Runtime.getRuntime().availableProcessors();
    }

    private Map<Long, Long> received() {
        Map<Long, Long> bytes = new HashMap<>();
        clients.forEach(task -> bytes.put(task.id(), task.bytesIn()));
        return bytes;
    }

    private void relieve(CountDownLatch probe, long start) throws InterruptedException {
        boolean adjustable = areAdjustable();
        boolean relieved = false;
        while (adjustable && !relieved && System.nanoTime() - start < HOPE.toNanos()) {
            add(probe, Carriers.MOST_ADDED);
            relieved = ran(probe, RETRY);
        }
        report(Duration.ofNanos(System.nanoTime() - start), relieved);
        while (!ran(probe, HOPE)) {
            if (adjustable) {
                add(probe, Carriers.MOST_ADDED);
            }
        }
    }

    /**
     * Adds carriers and sees to it that the pool makes them. It makes one when a task comes into a queue that seems empty,
     * and each submitting thread has one of a few queues; so it is another thread each time, until one meets such a queue.
     */
    private void add(CountDownLatch probe, int more) throws InterruptedException {
        added = true;
        quietLooks = 0;
        leastBusy = Integer.MAX_VALUE;
        carriers().add(more);
        Thread.ofPlatform().daemon().name("berth-" + label + "-carriers probe").start(() -> probe(probe)).join();
    }

    /** After a second without waiting: some are taken back if not all were needed at some moment of it. */
    private void quiet() {
        if (!added) {
            return;
        }
        leastBusy = Math.min(leastBusy, carriers().busy());
        if (++quietLooks >= LOOKS_BEFORE_TAKING_BACK) {
            // One more than were busy all the time: they may be stuck.
            takeBackTo(leastBusy + 1);
            quietLooks = 0;
            leastBusy = Integer.MAX_VALUE;
        }
    }

    private void takeBackTo(int needed) {
        if (added) {
            added = !carriers().takeBackTo(needed);
        }
    }

    private Carriers carriers() {
        var known = carriers;
        if (known == null) {
            known = new Carriers();
            carriers = known;
        }
        return known;
    }

    private void report(Duration waited, boolean relieved) {
        long now = System.nanoTime();
        if (now - nextReport >= 0) {
            nextReport = now + REPORT_NANOS;
            events.starved(waited, relieved);
        }
    }

    private void probe(CountDownLatch ran) {
        Thread.ofVirtual().name("berth-" + label + "-probe").start(ran::countDown);
    }

    private static boolean ran(CountDownLatch probe, Duration limit) throws InterruptedException {
        return probe.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A program on the module path has jdk.management only if it asks for it; on the class path it is there. */
    private static boolean areAdjustable() {
        return ModuleLayer.boot().findModule("jdk.management").isPresent();
    }
}

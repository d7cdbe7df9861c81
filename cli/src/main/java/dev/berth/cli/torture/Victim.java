package dev.berth.cli.torture;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;

/**
 * An ordinary client: comes every 50 ms, and is harmed where it can't connect, gets no answer in its time, or gets another one than
 * in calm, if that one was always the same. It has a platform thread: the attackers' virtual ones can't hold it up.
 */
final class Victim {
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final int CALM_PROBES = 10;

    private final Endpoint server;
    private final Speech speech;
    private final Duration patience;
    private @Nullable ByteBuffer usual;

    Victim(Endpoint server, Speech speech, Duration patience) {
        this.server = server;
        this.speech = speech;
        this.patience = patience;
    }

    /** Comes some times before anything happens, and learns what is usual. */
    Suffering calm() throws InterruptedException {
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < CALM_PROBES; i++) {
            probes.add(probe());
            TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
        }
        ByteBuffer first = probes.getFirst().answer();
        usual = probes.stream().allMatch(probe -> probe.answer() != null && probe.answer().equals(first)) ? first : null;
        return new Suffering(probes);
    }

    /** Comes until the attack is over, at least once. On a thread of its own. */
    void suffer(CountDownLatch over, Queue<Probe> probes) {
        try {
            do {
                probes.add(probe());
            } while (!over.await(BETWEEN.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it is served again within this time. */
    boolean recovers(Duration limit) throws InterruptedException {
        long begun = System.nanoTime();
        while (probe().trouble() != null) {
            if (System.nanoTime() - begun > limit.toNanos()) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
        }
        return true;
    }

    private Probe probe() {
        Probe probe = Probe.visit(server, speech, patience);
        if (probe.trouble() == null && usual != null && !usual.equals(probe.answer())) {
            return new Probe(probe.took(), "another answer than in calm", probe.answer());
        }
        return probe;
    }
}

package dev.berth.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jline.utils.Signals;

/** Ctrl-C and SIGTERM: the first says "come to an end", the second "now". Handles them from its construction until closed. */
final class StopSignals implements AutoCloseable {
    private static final List<String> NAMES = List.of("INT", "TERM");

    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicInteger count = new AtomicInteger();
    private final Thread waiting;
    private final List<Object> former;

    /** The thread that makes this waits for the first signal, and is interrupted by the second. */
    StopSignals() {
        waiting = Thread.currentThread();
        former = NAMES.stream().map(name -> Signals.register(name, this::received)).toList();
    }

    /** Returns when the first signal has come. */
    void await() throws InterruptedException {
        first.await();
    }

    /** Waits for the first signal for so long at most; returns whether it has come. */
    boolean await(Duration limit) throws InterruptedException {
        return first.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        for (int i = 0; i < NAMES.size(); i++) {
            Signals.unregister(NAMES.get(i), former.get(i));
        }
    }

    private void received() {
        if (count.incrementAndGet() == 1) {
            first.countDown();
        } else {
            waiting.interrupt();
        }
    }
}

package dev.berth.proof;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that happens once and is waited for, for at most 20 s. */
public final class Signal {
    private static final long LIMIT_SECONDS = 20;

    private final CountDownLatch latch = new CountDownLatch(1);

    /** It happened; more than once is harmless. */
    public void give() {
        latch.countDown();
    }

    /** Whether it happened. */
    public boolean isGiven() {
        return latch.getCount() == 0;
    }

    /** Waits for at most so long; returns whether it happened. */
    public boolean within(Duration limit) throws InterruptedException {
        return latch.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until it happened. */
    public void await() throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("did not happen within " + LIMIT_SECONDS + " s");
        }
    }

    /** Waits until it happened and swallows every interrupt, as stubborn handlers do. Loops for at most 20 s. */
    public void awaitStubbornly() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!isGiven() && System.nanoTime() < end) {
            try {
                latch.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException swallowed) {
                // That is the point.
            }
        }
    }
}

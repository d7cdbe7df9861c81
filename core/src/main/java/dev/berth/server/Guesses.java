package dev.berth.server;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many wrong tokens each source has said lately, over all its connections.
 *
 * <p>Thread-safe: one lock, held for one look. What it remembers is bounded, as {@link Buckets} says.
 */
final class Guesses {
    private final int perMinute;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private final Buckets buckets = new Buckets(Duration.ofMinutes(1));

    /** Allows each source so many in a minute; {@link Limits#OFF} any number. */
    Guesses(int perMinute) {
        this.perMinute = perMinute;
    }

    /** Counts a try as a wrong one, before it is known: many at once must not pass because none is counted yet. */
    boolean take(Source source, long now) {
        if (perMinute == Limits.OFF) {
            return true;
        }
        lock.lock();
        try {
            return buckets.take(source, perMinute, now);
        } finally {
            lock.unlock();
        }
    }

    /** The try was right: it does not count. */
    void giveBack(Source source, long now) {
        if (perMinute != Limits.OFF) {
            lock.lock();
            try {
                buckets.giveBack(source, perMinute, now);
            } finally {
                lock.unlock();
            }
        }
    }

    int tracked() {
        lock.lock();
        try {
            return buckets.tracked();
        } finally {
            lock.unlock();
        }
    }
}

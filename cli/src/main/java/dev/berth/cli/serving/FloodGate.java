package dev.berth.cli.serving;

import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets one line through, or a few, and counts the ones after them, for ten seconds at a time, so that a flood makes one line in ten
 * seconds.
 *
 * <p>Thread-safe: one lock, held for counting only.
 */
final class FloodGate {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> held = new TreeMap<>();
    private final LongSupplier nanoTime;
    private final int most;
    private int passed;
    private long since;

    FloodGate(LongSupplier nanoTime) {
        this(nanoTime, 1);
    }

    /** Lets so many lines through before it counts. */
    FloodGate(LongSupplier nanoTime, int most) {
        this.nanoTime = nanoTime;
        this.most = most;
    }

    /** Whether a line of this kind may be written; otherwise it is counted. */
    boolean passes(String kind) {
        lock.lock();
        try {
            if (passed == most) {
                held.merge(kind, 1L, Long::sum);
                return false;
            }
            if (passed++ == 0) {
                since = nanoTime.getAsLong();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What was counted, once the ten seconds are over, as {@code 12: 10 first kind, 2 second kind}; empty if there is nothing to tell. */
    String overdue() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            if (passed == 0 || now - since < INTERVAL.toNanos()) {
                return "";
            }
            passed = held.isEmpty() ? 0 : most;
            since = now;
            return counted();
        } finally {
            lock.unlock();
        }
    }

    /** What was counted so far, whatever the time. */
    String rest() {
        lock.lock();
        try {
            return counted();
        } finally {
            lock.unlock();
        }
    }

    private String counted() {
        if (held.isEmpty()) {
            return "";
        }
        StringJoiner kinds = new StringJoiner(", ");
        held.forEach((kind, count) -> kinds.add(count + " " + kind));
        long all = held.values().stream().mapToLong(Long::longValue).sum();
        held.clear();
        return all + ": " + kinds;
    }
}

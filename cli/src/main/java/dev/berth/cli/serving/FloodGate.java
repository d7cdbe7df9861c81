package dev.berth.cli.serving;

import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets one line through and counts the ones after it, for ten seconds at a time, so that a flood makes one line in ten seconds.
 *
 * <p>Thread-safe: one lock, held for counting only.
 */
final class FloodGate {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> held = new TreeMap<>();
    private final LongSupplier nanoTime;
    private boolean closed;
    private long closedAt;

    FloodGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether a line of this kind may be written; otherwise it is counted. */
    boolean passes(String kind) {
        lock.lock();
        try {
            if (closed) {
                held.merge(kind, 1L, Long::sum);
                return false;
            }
            closed = true;
            closedAt = nanoTime.getAsLong();
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
            if (!closed || now - closedAt < INTERVAL.toNanos()) {
                return "";
            }
            closed = !held.isEmpty();
            closedAt = now;
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

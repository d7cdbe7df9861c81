package dev.berth.cli.bench;

import java.time.Duration;

/**
 * When a run sends and what of it counts: messages sent, or due, from the end of the warm-up until the end.
 *
 * <p>Thread-safe. Times are those of {@link System#nanoTime}.
 */
final class Window {
    private final long start;
    private final long from;
    private volatile long until;

    Window(long start, Timing timing) {
        this.start = start;
        from = start + timing.warmUp().toNanos();
        until = from + timing.duration().toNanos();
    }

    /** When the warm-up begins. */
    long start() {
        return start;
    }

    /** When what counts begins. */
    long from() {
        return from;
    }

    /** When it ends. */
    long until() {
        return until;
    }

    /** Whether a message may be sent, or be due, at this time. */
    boolean isOpen(long now) {
        return now - until < 0;
    }

    /** Whether a message sent, or due, at this time counts. */
    boolean counts(long sentAt) {
        return sentAt - from >= 0;
    }

    /** Ends it now, if it is still open. */
    void end(long now) {
        if (isOpen(now)) {
            until = now;
        }
    }

    /** How much of what counts has passed at this time. */
    Duration measured(long now) {
        return Duration.ofNanos(Math.max(0, now - from));
    }
}

package dev.berth.server;

import java.time.Duration;

/**
 * Tells the timer's turn that comes after a pause of the whole process from its other turns, by how late it is. For the timer's one
 * thread.
 */
final class Pauses {
    /** A turn is due four times a second. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private long last;
    private long length;
    private boolean wasLate;

    /** Turns are counted from now on. */
    Pauses(long now) {
        last = now;
    }

    /**
     * Whether this turn is the first after a pause. Never two in a row: on a machine that has no processor for the timer every turn is
     * late, and whoever waits for one that is not would let everybody stay for ever.
     */
    boolean endsWith(long now) {
        wasLate = !wasLate && now - last > LATE.toNanos();
        length = now - last;
        last = now;
        return wasLate;
    }

    /** How long it was since the turn before. */
    long length() {
        return length;
    }
}

package dev.berth.server;

import java.time.Duration;

/** A sign of life for silent clients: after how long, and the frame, sealed. Immutable. */
final class Heartbeat {
    private final long everyNanos;
    private final byte[] frame;

    /** Takes over the array. */
    Heartbeat(Duration every, byte[] frame) {
        everyNanos = every.toNanos();
        this.frame = frame;
    }

    boolean isDue(long quietNanos) {
        return quietNanos >= everyNanos;
    }

    byte[] frame() {
        return frame;
    }
}

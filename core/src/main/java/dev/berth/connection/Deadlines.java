package dev.berth.connection;

import java.time.Duration;

/**
 * How long a peer is waited for. They run only while we wait for the peer: not while a handler computes, or waits for a back-end of
 * its own. What arrived is always read before a peer is judged.
 *
 * @param firstByte from the beginning of the connection to its first byte
 * @param frame from a frame's first byte to its last, however many bytes come between
 * @param idle without a byte between two frames; what we send does not count
 * @param listenersStay whether a peer that only listens may, as long as it takes what we send
 */
public record Deadlines(Duration firstByte, Duration frame, Duration idle, boolean listenersStay) {
    /** No limit. */
    public static final Duration OFF = Duration.ofNanos(Long.MAX_VALUE);

    /** No limits: the peer is waited for as long as it likes. */
    public static final Deadlines NONE = new Deadlines(OFF, OFF, OFF, true);

    /** Whether there is any. */
    public boolean areOn() {
        return !(firstByte.equals(OFF) && frame.equals(OFF) && idle.equals(OFF));
    }
}

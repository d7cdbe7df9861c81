package dev.berth.testkit.chaos;

import java.time.Duration;

import dev.berth.framing.Framing;

/**
 * One thing that goes wrong on one direction of a connection. Where several are set on a direction, bytes pass them in the order
 * in which they are set, but for {@link Coalesce}, which comes first.
 *
 * <p>Positions count the bytes of that direction, from 0. Immutable.
 */
public sealed interface Toxic {

    /**
     * Every byte comes later by this time; their rate stays.
     *
     * @param time how much later
     */
    record Latency(Duration time) implements Toxic {}

    /**
     * Every piece comes later by another time, drawn from the seed; their order stays.
     *
     * @param most the longest of these times
     */
    record Jitter(Duration most) implements Toxic {}

    /**
     * No more bytes a second than this, and each as soon as it may.
     *
     * @param bytesPerSecond how many
     */
    record Bandwidth(int bytesPerSecond) implements Toxic {
        /** Refuses what would let nothing through. */
        public Bandwidth {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("bytesPerSecond is " + bytesPerSecond + ", allowed are 1 and more");
            }
        }
    }

    /**
     * The end of the stream comes later by this time.
     *
     * @param delay how much later
     */
    record SlowClose(Duration delay) implements Toxic {}

    /**
     * Nothing comes through, and after this time both sides are closed.
     *
     * @param time from the connect on
     */
    record Timeout(Duration time) implements Toxic {}

    /**
     * Nothing comes through, and after this time both sides are reset.
     *
     * @param time from the connect on
     */
    record ResetPeer(Duration time) implements Toxic {}

    /**
     * Bytes come in pieces of sizes drawn from the seed, with a pause after each.
     *
     * @param bytes the middle size
     * @param spread how far a size may be off, both ways
     * @param pause after each piece
     */
    record Slicer(int bytes, int spread, Duration pause) implements Toxic {}

    /**
     * After so many bytes both sides are closed in peace, as by a proxy with a quota.
     *
     * @param bytes how many come through
     */
    record LimitData(long bytes) implements Toxic {}

    /**
     * After so many bytes nothing is relayed any more, neither way, not even an end: both sockets stay as they are, as when the
     * other side's cable was pulled.
     *
     * @param afterBytes how many come through before
     */
    record HalfOpen(long afterBytes) implements Toxic {}

    /**
     * After so many bytes nothing is relayed this way any more; the other direction goes on.
     *
     * @param afterBytes how many come through before
     */
    record StallOneWay(long afterBytes) implements Toxic {}

    /**
     * After so many bytes this way's stream ends; the other direction goes on.
     *
     * @param afterBytes how many come through before
     */
    record FinOneWay(long afterBytes) implements Toxic {}

    /** Both sides are reset as soon as both are connected. */
    record RstNow() implements Toxic {}

    /**
     * One byte arrives as another one; which one is drawn from the seed.
     *
     * @param at its position
     */
    record CorruptByte(long at) implements Toxic {}

    /**
     * After so many bytes both sides are reset.
     *
     * @param bytes how many come through
     */
    record CutAfterBytes(long bytes) implements Toxic {}

    /**
     * After so many whole frames both sides are reset; not a byte of the next one comes through.
     *
     * @param frames how many come through
     * @param framing where they end
     */
    record CutAfterFrames(int frames, Framing framing) implements Toxic {
        @Override
        public String toString() {
            return "CutAfterFrames[frames=" + frames + ", framing=" + framing.notation() + "]";
        }
    }

    /**
     * Each piece of so many bytes is a write, and a packet, of its own. A receiver that is slower than the proxy may still find
     * several at once; a {@link Slicer} with a pause keeps them apart.
     *
     * @param bytes how many
     */
    record SplitEvery(int bytes) implements Toxic {
        /** Refuses what would let nothing through. */
        public SplitEvery {
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes is " + bytes + ", allowed are 1 and more");
            }
        }
    }

    /**
     * What comes within this time of a first byte arrives at once with it, up to 256 KiB.
     *
     * @param time how long is collected
     */
    record Coalesce(Duration time) implements Toxic {}

    /** The client is accepted and closed in peace; the server never hears of it. */
    record AcceptThenClose() implements Toxic {}

    /**
     * Before this connection is accepted, nothing listens for so long: who comes meanwhile is refused by the system, and so are
     * clients that wait to be accepted.
     *
     * @param time how long
     */
    record Refuse(Duration time) implements Toxic {}
}

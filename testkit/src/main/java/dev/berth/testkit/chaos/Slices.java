package dev.berth.testkit.chaos;

import java.io.IOException;
import java.util.function.IntSupplier;
import java.util.function.IntToLongFunction;

/** Lets bytes through in pieces, with a pause after each. */
final class Slices implements Sink {
    private final Sink next;
    private final Relay relay;
    private final IntSupplier size;
    private final IntToLongFunction pauseNanos;

    /**
     * Slices.
     *
     * @param size how long the next piece is; less than 1 is 1
     * @param pauseNanos how long the pause after a piece of so many bytes is
     */
    Slices(Sink next, Relay relay, IntSupplier size, IntToLongFunction pauseNanos) {
        this.next = next;
        this.relay = relay;
        this.size = size;
        this.pauseNanos = pauseNanos;
    }

    @Override
    public void bytes(byte[] bytes, int from, int length, long due) throws IOException, InterruptedException {
        int left = length;
        while (left > 0) {
            int piece = Math.min(left, Math.max(1, size.getAsInt()));
            next.bytes(bytes, from + length - left, piece, due);
            left -= piece;
            long pause = pauseNanos.applyAsLong(piece);
            if (pause > 0) {
                relay.pauseUntil(System.nanoTime() + pause);
            }
        }
    }

    @Override
    public void end(long due) throws IOException, InterruptedException {
        next.end(due);
    }
}

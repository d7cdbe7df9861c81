package dev.berth.testkit.chaos;

import java.io.IOException;

/** Lets one byte through as another one. */
final class Corruption implements Sink {
    private final Sink next;
    private final long at;
    private final int flipped;
    private long passed;

    /**
     * Corrupts.
     *
     * @param flipped the bits that are turned over; at least one
     */
    Corruption(Sink next, long at, int flipped) {
        this.next = next;
        this.at = at;
        this.flipped = flipped;
    }

    @Override
    public void bytes(byte[] bytes, int from, int length, long due) throws IOException, InterruptedException {
        if (passed <= at && at < passed + length) {
            bytes[from + (int) (at - passed)] ^= (byte) flipped;
        }
        passed += length;
        next.bytes(bytes, from, length, due);
    }

    @Override
    public void end(long due) throws IOException, InterruptedException {
        next.end(due);
    }
}

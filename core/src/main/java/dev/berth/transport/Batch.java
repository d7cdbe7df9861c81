package dev.berth.transport;

import java.util.Arrays;

/** Bytes collected for one write, and where each frame in them ends. Guarded by the lock of the output it is in. */
final class Batch {
    private static final int FIRST_BYTES = 256;
    private static final int FIRST_FRAMES = 8;

    private byte[] bytes;
    private int length;
    private int[] ends = new int[FIRST_FRAMES];
    private int frames;

    Batch(int firstLength) {
        bytes = new byte[Math.max(FIRST_BYTES, firstLength)];
    }

    void append(byte[] source, int from, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        if (frames == ends.length) {
            ends = Arrays.copyOf(ends, frames * 2);
        }
        ends[frames++] = length;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** How many frames lie wholly within the first so many bytes. */
    int framesWithin(int written) {
        if (written == length) {
            return frames;
        }
        int at = Arrays.binarySearch(ends, 0, frames, written);
        return at >= 0 ? at + 1 : -at - 1;
    }
}

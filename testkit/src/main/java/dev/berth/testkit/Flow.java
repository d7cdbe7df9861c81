package dev.berth.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One direction between two memory links: what was accepted, what of it the reader's side has, and how it ends.
 *
 * <p>What the kernel does with a socket's buffers is a matter of counting here: the wire holds so many bytes that nobody
 * has taken, and whatever was accepted beyond that is unsent. Guarded by the lock of its two links.
 */
final class Flow {
    /** Stands for the two kernel buffers between a sender and a reader. */
    static final int WIRE_BYTES = 1 << 20;

    /** How the reader's side learns that nothing more will come. */
    private enum End {
        NONE,
        END_OF_STREAM,
        RESET
    }

    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private final Deque<Long> unsentEnds = new ArrayDeque<>();
    private final List<byte[]> frames = new ArrayList<>();
    private final boolean recorded;
    private boolean drained;
    private boolean cut;
    private long accepted;
    private long taken;
    private long sent;
    private long writes;
    private End end = End.NONE;

    /** One whose frames are kept for {@link #frames}, or not. */
    Flow(boolean recorded) {
        this.recorded = recorded;
    }

    /** Appends a frame. */
    void append(byte[] frame) {
        accepted += frame.length;
        writes++;
        unsentEnds.add(accepted);
        if (recorded) {
            frames.add(frame);
        }
        waiting.add(ByteBuffer.wrap(frame));
        advance();
    }

    /** Appends bytes of a script: they are with the reader's side at once, however many they are. */
    void appendAtOnce(byte[] bytes) {
        append(bytes);
        if (!cut) {
            sent = accepted;
            unsentEnds.clear();
        }
    }

    /** Takes what fits, at least one byte; only while there is some. */
    int take(ByteBuffer target) {
        int before = target.position();
        while (target.hasRemaining() && available() > 0) {
            var next = waiting.element();
            int n = Math.min(Math.min(next.remaining(), target.remaining()), available());
            target.put(target.position(), next, next.position(), n);
            target.position(target.position() + n);
            next.position(next.position() + n);
            taken += n;
            if (!next.hasRemaining()) {
                waiting.remove();
            }
        }
        advance();
        return target.position() - before;
    }

    /** Says whether everything is taken and dropped as it comes, instead of waiting for a reader. */
    void drained(boolean drained) {
        this.drained = drained;
        advance();
    }

    /** How many bytes the reader can take now. */
    int available() {
        return (int) (sent - taken);
    }

    /** Whether the reader's side was ever given a byte. */
    boolean hasBegun() {
        return sent > 0;
    }

    long accepted() {
        return accepted;
    }

    long sent() {
        return sent;
    }

    int unsent() {
        return (int) (accepted - sent);
    }

    long writes() {
        return writes;
    }

    long unsentWrites() {
        return unsentEnds.size();
    }

    /** Every frame accepted so far; none if they are not kept. */
    List<byte[]> frames() {
        return List.copyOf(frames);
    }

    /** What is unsent stays so: the sender has ended at once, or the reader is gone. */
    void cut() {
        cut = true;
    }

    boolean isCut() {
        return cut;
    }

    /** The reader sees the end of the stream after what was sent. The first end holds. */
    void end() {
        end = end == End.NONE ? End.END_OF_STREAM : end;
    }

    /** The reader sees a reset after what was sent, also where an end is stuck behind bytes the wire has no room for. */
    void reset() {
        if (end == End.NONE || unsent() > 0) {
            end = End.RESET;
        }
    }

    boolean isEnded() {
        return end == End.END_OF_STREAM;
    }

    boolean isReset() {
        return end == End.RESET;
    }

    private void advance() {
        if (cut) {
            return;
        }
        if (drained) {
            taken = accepted;
            waiting.clear();
        }
        sent = Math.max(sent, Math.min(accepted, taken + WIRE_BYTES));
        while (!unsentEnds.isEmpty() && unsentEnds.element() <= sent) {
            unsentEnds.remove();
        }
    }
}

package dev.berth.framing;

import java.util.Objects;

/**
 * What a framing reads, and where it says the first frame is.
 *
 * <p>One per connection, reused for every frame. The caller shows the bytes with {@link #over}, the framing answers with {@link
 * #found} or leaves its progress in {@link #scanned(int)}; after a frame the caller goes on from {@link #next()}.
 *
 * <p>A framing that unpacks writes the payload over the bytes of the frame it found: that frame can't be looked for again, and
 * what comes after {@link #next()} is untouched. Before a frame is found no byte changes.
 *
 * <p>Errors: bounds that don't fit are refused at once, so a framing that makes no progress can't spin.
 *
 * <p>Thread-safety: not thread-safe; belongs to the thread that receives.
 */
public final class FrameCursor {

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int from;
    private int to;
    private int scanned;
    private int progress;
    private int skipped;
    private boolean silence;
    private int start;
    private int end;
    private int next;

    /** A cursor over no bytes. */
    public FrameCursor() {}

    /**
     * Shows the received, not yet consumed bytes {@code [from, to)}. They may have moved since the last call, but must start
     * with the same bytes unless a frame was found or {@link #reset} was called. Ends a {@link #silence(boolean)}.
     */
    public void over(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        if (scanned > to - from) {
            throw new IllegalArgumentException("only " + (to - from) + " bytes, but " + scanned + " of this frame were scanned");
        }
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        silence = false;
    }

    /** The array the bytes are in. */
    public byte[] bytes() {
        return bytes;
    }

    /** Index of the first byte not yet consumed. */
    public int from() {
        return from;
    }

    /** Index after the last byte received. */
    public int to() {
        return to;
    }

    /** Number of bytes received and not yet consumed. */
    public int available() {
        return to - from;
    }

    /** How many bytes after {@link #from()} are known to hold no frame end; kept between calls, so scanning is linear. */
    public int scanned() {
        return scanned;
    }

    /** Remembers that the first {@code n} bytes hold no frame end. */
    public void scanned(int n) {
        scanned = Objects.checkIndex(n, available() + 1);
    }

    /** The framing's own note on the frame that has begun, see {@link #progress(int)}. */
    public int progress() {
        return progress;
    }

    /** Keeps one number between calls, for the framing alone: 0 where a frame starts. */
    public void progress(int note) {
        progress = note;
    }

    /** How many of the first bytes belong to no frame, see {@link #dropSkipped()}. */
    public int skipped() {
        return skipped;
    }

    /** Remembers that the first {@code n} bytes, scanned all, belong to no frame. */
    public void skipped(int n) {
        skipped = Objects.checkIndex(n, scanned + 1);
    }

    /**
     * Lets go of the bytes that belong to no frame, for a caller that found no frame and wants their room: {@link #from()},
     * returned, is then the first byte to keep. A caller that doesn't ask shows them again; then a framing allows only so many.
     */
    public int dropSkipped() {
        from += skipped;
        scanned -= skipped;
        skipped = 0;
        return from;
    }

    /** Whether the line fell silent after the last byte, see {@link #silence(boolean)}. */
    public boolean isSilent() {
        return silence;
    }

    /**
     * Says that after the bytes shown nothing came for as long as {@link Framing#silence()} names, or that the stream ended
     * cleanly. Holds until {@link #over} shows bytes again.
     */
    public void silence(boolean fell) {
        silence = fell;
    }

    /**
     * Says where the frame is: payload {@code [start, end)}, bytes consumed up to {@code next}.
     *
     * @throws IllegalStateException when these are not inside the bytes shown, or nothing would be consumed
     */
    public void found(int start, int end, int next) {
        if (start < from || end < start || next < end || next > to || next == from) {
            throw new IllegalStateException("frame [" + start + ", " + end + ") up to " + next
                    + " is not inside the bytes [" + from + ", " + to + ")");
        }
        this.start = start;
        this.end = end;
        this.next = next;
        forgetProgress();
    }

    /** Index of the payload's first byte; valid after {@link #found}. */
    public int start() {
        return start;
    }

    /** Index after the payload's last byte; valid after {@link #found}. */
    public int end() {
        return end;
    }

    /** Index of the first byte after the frame on the wire; valid after {@link #found}. */
    public int next() {
        return next;
    }

    /** Forgets bytes and progress, for example when another framing takes over. */
    public void reset() {
        bytes = NONE;
        from = 0;
        to = 0;
        start = 0;
        end = 0;
        next = 0;
        silence = false;
        forgetProgress();
    }

    private void forgetProgress() {
        scanned = 0;
        progress = 0;
        skipped = 0;
    }
}

package dev.berth.transport;

import org.jspecify.annotations.Nullable;

/**
 * What one output has accepted and not yet handed to the kernel: the bytes collected, the counts, and since when there are too
 * many. Guarded by the lock of the output it is in.
 */
final class Unsent {
    /** A peer that takes less is not slow but stuck: it would hold its place for days. */
    private static final long LEAST_BYTES_PER_SECOND = 128;

    private final OutputLimits limits;
    private @Nullable Batch collected;
    private long collectingSince;
    private long accepted;
    private long written;
    private long frames;
    private long framesWritten;
    private long framesWrittenBefore;
    private long softSince;
    private boolean overSoft;
    private long takenAt;
    private long takenThen;
    private long windowSince;
    private long windowFrom;
    private long windowGoal;

    Unsent(OutputLimits limits) {
        this.limits = limits;
    }

    /** How many bytes. */
    int bytes() {
        return (int) (accepted - written);
    }

    /** How many bytes were ever accepted. */
    long accepted() {
        return accepted;
    }

    /** How many bytes the kernel has. */
    long written() {
        return written;
    }

    /** How many frames were ever accepted. */
    long frames() {
        return frames;
    }

    /** How many frames the kernel has, whole. */
    long framesWritten() {
        return framesWritten;
    }

    /** Whether bytes are collected that nobody writes. */
    boolean hasCollected() {
        return collected != null;
    }

    /** Since when bytes are collected that nobody writes. */
    long collectingSince() {
        return collectingSince;
    }

    /** Accepts a frame; returns how many bytes are collected. */
    int append(byte[] bytes, int from, int length) {
        var batch = collected;
        if (batch == null) {
            batch = new Batch(length);
            collected = batch;
            collectingSince = System.nanoTime();
        }
        batch.append(bytes, from, length);
        if (bytes() == 0) {
            takenAt = collectingSince;
            takenThen = written;
            windowSince = collectingSince;
            windowFrom = written;
            windowGoal = accepted + length;
        }
        accepted += length;
        frames++;
        noteSoftLimit();
        return batch.length();
    }

    /** Hands out what is collected, for its one writer; null if there is nothing. */
    @Nullable Batch take() {
        var batch = collected;
        collected = null;
        framesWrittenBefore = framesWritten;
        return batch;
    }

    /** Notes that the kernel took bytes of what was taken last, and how many of it that makes. */
    void wrote(int bytes, Batch taken, int ofIt) {
        written += bytes;
        framesWritten = framesWrittenBefore + taken.framesWithin(ofIt);
        noteSoftLimit();
    }

    /** Why the peer is to be cut, if it is. Asked every now and then by one thread. */
    @Nullable CloseReason late(long now) {
        return isSlow(now) ? CloseReason.SLOW_READER : isStuck(now) ? CloseReason.WRITE_TIMEOUT : null;
    }

    /** Whether there were too many bytes for too long. */
    boolean isSlow(long now) {
        return overSoft && now - softSince > limits.softTime().toNanos();
    }

    /** Whether the peer has taken nothing, or hardly anything, for the write timeout. */
    boolean isStuck(long now) {
        if (written != takenThen) {
            takenThen = written;
            takenAt = now;
        }
        long limit = limits.writeTimeout().toNanos();
        if (now - windowSince < limit) {
            return now - takenAt >= limit;
        }
        long least = Math.min(windowGoal - windowFrom, LEAST_BYTES_PER_SECOND * limits.writeTimeout().toMillis() / 1_000);
        boolean crawls = written - windowFrom < least;
        windowSince = now;
        windowFrom = written;
        windowGoal = accepted;
        return crawls || now - takenAt >= limit;
    }

    /** Does not count so much time, the last that has passed. */
    void excuse(long nanos) {
        takenAt += nanos;
        windowSince += nanos;
        softSince += nanos;
    }

    private void noteSoftLimit() {
        if (bytes() <= limits.softBytes()) {
            overSoft = false;
        } else if (!overSoft) {
            overSoft = true;
            softSince = System.nanoTime();
        }
    }
}

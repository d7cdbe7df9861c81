package dev.berth.cli.bench;

import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.Histogram;

/**
 * What one connection has measured. The thread that receives writes; {@link #sent} and {@link #answered} may be read by any, the
 * rest once that thread has ended.
 */
final class Tally {
    /** Half a microsecond is the finest step: a histogram for each of thousands of connections has to stay small. */
    private static final long FINEST_NANOS = 1_000;

    private static final int DIGITS = 3;

    private final Histogram latencies = histogram();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private long receivedAt;

    /** An empty histogram of nanoseconds that grows with its largest value. */
    static Histogram histogram() {
        Histogram histogram = new Histogram(FINEST_NANOS, 2 * FINEST_NANOS, DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    /** Counts an answer to a message that was sent, or due, while the window counts. */
    void record(long sentAt, long answeredAt, Window window) {
        if (window.counts(sentAt)) {
            latencies.recordValue(Math.max(0, answeredAt - sentAt));
        }
    }

    /** Lets others see how far this connection is. */
    void sent(long count) {
        sent.setRelease(count);
    }

    /** Lets others see how far this connection is, and notes when it came so far. */
    void answered(long count, long now) {
        receivedAt = now;
        answered.setRelease(count);
    }

    long sent() {
        return sent.getAcquire();
    }

    long answered() {
        return answered.getAcquire();
    }

    /** The latencies of what counted. */
    Histogram latencies() {
        return latencies;
    }

    /** When the last answers came; meaningless while there are none. */
    long receivedAt() {
        return receivedAt;
    }
}

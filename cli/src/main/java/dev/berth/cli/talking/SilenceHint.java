package dev.berth.cli.talking;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides when to tell once that nothing comes back: three seconds after the first message, if nothing ever came.
 *
 * <p>Thread-safe: one thread sends, one listens.
 */
final class SilenceHint {
    static final Duration SILENCE = Duration.ofSeconds(3);

    /** What is told: two other line ends and two other framings cover most devices. */
    static final String TEXT = "nothing came back for 3 s. The other side may end its messages in another way: try --crlf, --cr, --frame len2be or --frame raw";

    /** What is told where bytes go as they are. */
    static final String RAW_TEXT = "nothing came back for 3 s. Bytes go as they are typed: the other side may wait for the end of a message,"
            + " such as a line end (0d 0a), or refuse a wrong length or checksum";

    private final LongSupplier nanoTime;
    private volatile boolean asked;
    private volatile boolean over;
    private volatile long askedAt;

    SilenceHint(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A message was sent. */
    void sent() {
        if (!asked) {
            askedAt = nanoTime.getAsLong();
            asked = true;
        }
    }

    /** Something came back. */
    void heard() {
        over = true;
    }

    /** Whether it is still undecided. */
    boolean isPending() {
        return !over;
    }

    /** Whether it is time to tell; true once. */
    boolean isDue() {
        boolean due = !over && asked && nanoTime.getAsLong() - askedAt >= SILENCE.toNanos();
        over |= due;
        return due;
    }
}

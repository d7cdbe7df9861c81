package dev.berth.framing;

/** The maximum size of a frame: defaults, range, the check before sending, and the complaint. */
final class FrameSize {

    /** Default where a delimiter ends the frame: longer text is rarely meant, and all of it would be kept. */
    static final int DELIMITED = 64 * 1024;

    /** Default where a length leads: such protocols carry files and images too. */
    static final int LENGTH_PREFIXED = 1024 * 1024;

    /** The largest maximum; a frame with its header still fits one array. */
    static final int LARGEST = 1024 * 1024 * 1024;

    private FrameSize() {}

    /** The given maximum, when it is in {@code [smallest, LARGEST]}. */
    static int requireMax(int max, long smallest) {
        if (max < smallest || max > LARGEST) {
            throw new IllegalArgumentException(
                    "maxFrameBytes " + max + " is out of range: " + smallest + " to " + LARGEST);
        }
        return max;
    }

    /** Refuses a payload that the other side, with the same maximum, would refuse. */
    static void requireFits(FrameWriter frame, int max) {
        if (frame.length() > max) {
            throw new IllegalArgumentException("payload of " + frame.length() + " bytes exceeds maxFrameBytes " + max);
        }
    }

    /** How every complaint about size ends: the limit, and the option that moves it. */
    static String limit(int max) {
        return " (maxFrameBytes " + max + ", --max-frame)";
    }

    /**
     * Skips the first {@code n} bytes, which belong to no frame. They are limited as a frame is where the caller has kept those
     * skipped before: one that drops them may have received any number at once.
     */
    static void skip(FrameCursor cursor, int n, Framing framing) throws FramingException {
        int max = framing.maxFrameBytes();
        if (n > max && cursor.skipped() > 0) {
            throw FramingException.tooLarge(
                    framing.notation() + ": more than " + max + " empty frames in a row" + limit(max),
                    FramingException.UNKNOWN, max);
        }
        cursor.scanned(n);
        cursor.skipped(n);
    }

    /** The error for a frame whose end did not come in time. */
    static FramingException endless(FrameCursor cursor, Framing framing) {
        int max = framing.maxFrameBytes();
        FirstBytes first = new FirstBytes(cursor.bytes(), cursor.from() + cursor.skipped(), cursor.to());
        return FramingException.tooLarge(
                framing.notation() + " frame of more than " + max + " bytes, first bytes " + first.quoted()
                        + first.guess(framing.notation()) + limit(max),
                FramingException.UNKNOWN, max);
    }
}

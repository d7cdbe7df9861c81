package dev.berth.framing;

/**
 * {@code scpi}: lines whose binary blocks may hold any byte, as instruments speak (IEEE 488.2, 7.7.6 and 8.7.9).
 *
 * <p>A block is {@code #}, one digit 1 to 9, that many digits of length, and as many bytes; all of it is delivered. It is one
 * only where a value may begin: first in the line or after white space, comma or semicolon, and outside quotes; {@code #H1F} and
 * {@code Model #2,} are text. {@code #0} blocks have no length and end with the line. A LF outside a block always ends the line,
 * also inside quotes, so that a lost quote costs one line and not the connection.
 */
record ScpiFraming(int maxFrameBytes) implements Framing {

    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final int MORE_BYTES_NEEDED = -1;
    private static final int NO_BLOCK = 0;

    ScpiFraming {
        FrameSize.requireMax(maxFrameBytes, 1);
    }

    @Override
    public String notation() {
        return "scpi";
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new ScpiFraming(max);
    }

    // Progress: 0 outside, negative inside quotes (which ones), positive where the last block ends, as a distance from the line's
    // start. A block's bytes are passed in one step, never looked at.
    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        int from = cursor.from();
        // The longest line allowed takes two bytes more, CR and LF; what comes after them can't make it shorter.
        int to = (int) Math.min(cursor.to(), (long) from + maxFrameBytes + 2);
        int lf = scan(cursor, to);
        if (lf < 0) {
            if (to - from > maxFrameBytes && !(to - from == maxFrameBytes + 1 && isCrOfLineEnd(cursor, to - 1))) {
                throw FrameSize.endless(cursor, this);
            }
            return false;
        }
        int end = lf > from && isCrOfLineEnd(cursor, lf - 1) ? lf - 1 : lf;
        if (end - from > maxFrameBytes) {
            throw FrameSize.endless(cursor, this);
        }
        cursor.found(from, end, lf + 1);
        return true;
    }

    @Override
    public void seal(FrameWriter frame) {
        FrameSize.requireFits(frame, maxFrameBytes);
        int length = frame.length();
        FrameCursor receiver = new FrameCursor();
        int lf = lineEndFound(frame.put(LF), receiver);
        if (lf != length) {
            frame.shorten(length);
            throw new IllegalArgumentException(lf < 0
                    ? "payload ends inside a block: its # says more bytes than follow"
                    : "payload has the line end LF at position " + lf + ", outside a block: send lines one by one");
        }
        if (receiver.end() - receiver.start() < length) {
            // The CR at the end was taken for a part of the line end: a second one is there to lose.
            frame.shorten(length);
            frame.put(CR).put(LF);
        }
    }

    /** Where the line ends, as an index, or -1; the cursor keeps how far it looked. */
    private int scan(FrameCursor cursor, int to) throws FramingException {
        byte[] bytes = cursor.bytes();
        int at = cursor.from() + cursor.scanned();
        while (at < to) {
            int blockEnd = cursor.from() + cursor.progress();
            if (blockEnd > at) {
                at = Math.min(blockEnd, to);
                continue;
            }
            byte next = bytes[at];
            if (next == LF) {
                return at;
            }
            int block = next == '#' ? blockAt(cursor, at, to) : NO_BLOCK;
            if (block == MORE_BYTES_NEEDED) {
                break;
            }
            if (block > NO_BLOCK) {
                cursor.progress(block);
            } else if (next == '"' || next == '\'') {
                cursor.progress(quotesAfter(next, cursor.progress()));
            }
            at++;
        }
        cursor.scanned(at - cursor.from());
        return -1;
    }

    /** Where the block that starts at this {@code #} ends, as a distance from the line's start, when it is one. */
    private int blockAt(FrameCursor cursor, int at, int to) throws FramingException {
        byte[] bytes = cursor.bytes();
        if (cursor.progress() < 0 || (at > cursor.from() && !mayPrecedeValue(bytes[at - 1]))) {
            return NO_BLOCK;
        }
        if (at + 1 == to) {
            return MORE_BYTES_NEEDED;
        }
        int digits = bytes[at + 1] - '0';
        if (digits < 1 || digits > 9) {
            return NO_BLOCK;
        }
        int length = 0;
        for (int i = at + 2; i < at + 2 + digits; i++) {
            if (i == to) {
                return MORE_BYTES_NEEDED;
            }
            if (bytes[i] < '0' || bytes[i] > '9') {
                return NO_BLOCK;
            }
            length = length * 10 + bytes[i] - '0';
        }
        // Nine digits and 1 GiB: their sum fits an int, even with the header.
        int end = at + 2 + digits - cursor.from() + length;
        if (end > maxFrameBytes) {
            throw tooLarge(cursor, length, end);
        }
        return end;
    }

    /** Whether a CR stands here that no block claims. */
    private static boolean isCrOfLineEnd(FrameCursor cursor, int at) {
        return cursor.bytes()[at] == CR && at - cursor.from() >= cursor.progress();
    }

    private static boolean mayPrecedeValue(byte b) {
        return b == ' ' || b == '\t' || b == ',' || b == ';';
    }

    /** Quotes open, close, or stand inside the others; a doubled one closes and opens again. */
    private static int quotesAfter(byte quote, int progress) {
        return progress >= 0 ? -quote : progress == -quote ? 0 : progress;
    }

    /** Where a receiver finds the line end, as a position; negative when it finds none. */
    private int lineEndFound(FrameWriter frame, FrameCursor receiver) {
        receiver.over(frame.array(), frame.offset(), frame.offset() + frame.length());
        try {
            return next(receiver) ? receiver.next() - 1 - receiver.from() : -1;
        } catch (FramingException blockIsTooLarge) {
            return -1;
        }
    }

    private FramingException tooLarge(FrameCursor cursor, int length, int size) {
        FirstBytes first = new FirstBytes(cursor.bytes(), cursor.from(), cursor.to());
        return FramingException.tooLarge("block of " + length + " bytes makes a scpi frame of " + size
                + " bytes or more, first bytes " + first.quoted() + FrameSize.limit(maxFrameBytes), size, maxFrameBytes);
    }
}

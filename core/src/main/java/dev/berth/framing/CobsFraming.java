package dev.berth.framing;

/**
 * {@code cobs}: a zero byte ends a frame; the zeros inside are taken out by blocks that say where they were (Cheshire and Baker,
 * Consistent Overhead Byte Stuffing, 1999).
 *
 * <p>A block is a code and the code - 1 bytes after it; a zero follows it, unless it has the largest code or is the last. Zero
 * bytes between frames are skipped; an empty payload is a frame of one block without bytes.
 */
record CobsFraming(int maxFrameBytes) implements Framing {

    private static final byte ZERO = 0;
    /** The code of a block that no zero follows: 254 bytes. */
    private static final int FULL = 0xFF;

    CobsFraming {
        FrameSize.requireMax(maxFrameBytes, 1);
    }

    @Override
    public String notation() {
        return "cobs";
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new CobsFraming(max);
    }

    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        byte[] bytes = cursor.bytes();
        skipZeros(cursor);
        int start = cursor.from() + cursor.skipped();
        // The longest frame allowed and its zero; what comes after them can't make it shorter.
        int to = (int) Math.min(cursor.to(), start + longest() + 1);
        int at = ByteScan.indexOf(bytes, cursor.from() + cursor.scanned(), to, ZERO);
        if (at < 0) {
            if (to - start > longest()) {
                throw FrameSize.endless(cursor, this);
            }
            cursor.scanned(to - cursor.from());
            return false;
        }
        int size = sizeOf(cursor, start, at);
        if (size > maxFrameBytes) {
            throw tooLarge(cursor, start, size);
        }
        decode(bytes, start, at);
        cursor.found(start, start + size, at + 1);
        return true;
    }

    @Override
    public void seal(FrameWriter frame) {
        FrameSize.requireFits(frame, maxFrameBytes);
        byte[] encoded = new byte[frame.length() + frame.length() / (FULL - 1) + 1];
        int length = encode(frame, encoded);
        frame.shorten(0);
        frame.put(encoded, 0, length).put(ZERO);
    }

    /** The most bytes before the zero: one more for each full block, and one for a last block some senders leave empty. */
    private long longest() {
        return maxFrameBytes + maxFrameBytes / (FULL - 1) + 1L;
    }

    private void skipZeros(FrameCursor cursor) throws FramingException {
        if (cursor.scanned() == cursor.skipped()) {
            int at = cursor.from() + cursor.scanned();
            while (at < cursor.to() && cursor.bytes()[at] == ZERO) {
                at++;
            }
            FrameSize.skip(cursor, at - cursor.from(), this);
        }
    }

    /** The payload's size, when the blocks fill {@code [start, end)} exactly. */
    private int sizeOf(FrameCursor cursor, int start, int end) throws FramingException {
        int size = 0;
        int code;
        for (int at = start; at < end; at += code) {
            code = cursor.bytes()[at] & 0xFF;
            if (code > end - at) {
                FirstBytes first = new FirstBytes(cursor.bytes(), start, end);
                throw FramingException.malformed("cobs block of " + code + " bytes at position " + (at - start)
                        + ", but the frame ends after " + (end - at) + ", first bytes " + first.quoted()
                        + first.guess(notation()));
            }
            boolean zeroFollows = code < FULL && code < end - at;
            size += zeroFollows ? code : code - 1;
        }
        return size;
    }

    /** Decodes in place, since the payload is never longer. */
    private static void decode(byte[] bytes, int start, int end) {
        int to = start;
        int code;
        for (int at = start; at < end; at += code) {
            code = bytes[at] & 0xFF;
            System.arraycopy(bytes, at + 1, bytes, to, code - 1);
            to += code - 1;
            if (code < FULL && code < end - at) {
                bytes[to++] = ZERO;
            }
        }
    }

    private static int encode(FrameWriter frame, byte[] encoded) {
        int codeAt = 0;
        int to = 1;
        for (int i = 0; i < frame.length(); i++) {
            // Opened only when a byte follows: a payload of 254 bytes ends with its full block.
            if (to - codeAt == FULL) {
                encoded[codeAt] = (byte) FULL;
                codeAt = to++;
            }
            byte next = frame.array()[frame.offset() + i];
            if (next == ZERO) {
                encoded[codeAt] = (byte) (to - codeAt);
                codeAt = to++;
            } else {
                encoded[to++] = next;
            }
        }
        encoded[codeAt] = (byte) (to - codeAt);
        return to;
    }

    private FramingException tooLarge(FrameCursor cursor, int start, int size) {
        FirstBytes first = new FirstBytes(cursor.bytes(), start, cursor.to());
        return FramingException.tooLarge("cobs frame of " + size + " bytes, first bytes " + first.quoted()
                + first.guess(notation()) + FrameSize.limit(maxFrameBytes), size, maxFrameBytes);
    }
}

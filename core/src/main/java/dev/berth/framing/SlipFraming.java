package dev.berth.framing;

/**
 * {@code slip}: END (0xC0) ends a frame; inside, END and ESC are written as two bytes (RFC 1055).
 *
 * <p>Empty frames are skipped: many senders begin each frame with an END of its own, to flush noise. This one sends only the
 * END behind, and an empty payload can't be sent.
 */
record SlipFraming(int maxFrameBytes) implements Framing {

    private static final byte END = (byte) 0xC0;
    private static final byte ESC = (byte) 0xDB;
    private static final byte ESC_END = (byte) 0xDC;
    private static final byte ESC_ESC = (byte) 0xDD;

    SlipFraming {
        FrameSize.requireMax(maxFrameBytes, 1);
    }

    @Override
    public String notation() {
        return "slip";
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new SlipFraming(max);
    }

    // Progress is the number of escapes seen: the payload's size is known at every byte, so the maximum is exact.
    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        byte[] bytes = cursor.bytes();
        int begun = skipEnds(cursor);
        int start = cursor.from() + cursor.skipped();
        int end = ByteScan.indexOf(bytes, begun, cursor.to(), END);
        int passed = passEscapes(cursor, begun, end < 0 ? cursor.to() : end);
        if (passed - start - cursor.progress() > maxFrameBytes) {
            throw FrameSize.endless(cursor, this);
        }
        if (end < 0) {
            cursor.scanned(passed - cursor.from());
            return false;
        }
        cursor.found(start, cursor.progress() == 0 ? end : unescape(bytes, start, end), end + 1);
        return true;
    }

    @Override
    public void seal(FrameWriter frame) {
        FrameSize.requireFits(frame, maxFrameBytes);
        if (frame.length() == 0) {
            throw new IllegalArgumentException("payload of 0 bytes in slip: the other side would skip it");
        }
        int escapes = escapesIn(frame);
        if (escapes > 0) {
            byte[] escaped = escaped(frame, escapes);
            frame.shorten(0);
            frame.put(escaped);
        }
        frame.put(END);
    }

    /** Passes the END bytes before a frame; answers where to go on. */
    private int skipEnds(FrameCursor cursor) throws FramingException {
        int at = cursor.from() + cursor.scanned();
        if (cursor.scanned() == cursor.skipped()) {
            while (at < cursor.to() && cursor.bytes()[at] == END) {
                at++;
            }
            FrameSize.skip(cursor, at - cursor.from(), this);
        }
        return at;
    }

    /** Counts and checks the escapes in {@code [from, to)}; answers where to go on, before half an escape at the end. */
    private int passEscapes(FrameCursor cursor, int from, int to) throws FramingException {
        byte[] bytes = cursor.bytes();
        int start = cursor.from() + cursor.skipped();
        int at = from;
        for (int esc; (esc = ByteScan.indexOf(bytes, at, to, ESC)) >= 0; at = esc + 2) {
            if (esc - start - cursor.progress() >= maxFrameBytes) {
                throw FrameSize.endless(cursor, this);
            }
            if (esc + 1 == cursor.to()) {
                return esc;
            }
            if (bytes[esc + 1] != ESC_END && bytes[esc + 1] != ESC_ESC) {
                throw badEscape(cursor, start, esc);
            }
            cursor.progress(cursor.progress() + 1);
        }
        return to;
    }

    private FramingException badEscape(FrameCursor cursor, int start, int esc) {
        FirstBytes first = new FirstBytes(cursor.bytes(), start, cursor.to());
        return FramingException.malformed(
                "byte 0x%02x after ESC (0xdb) at position %d; slip allows 0xdc and 0xdd, first bytes %s%s".formatted(
                        cursor.bytes()[esc + 1] & 0xFF, esc - start, first.quoted(), first.guess(notation())));
    }

    /** Unescapes in place, since the payload is never longer; answers where it ends. */
    private static int unescape(byte[] bytes, int start, int end) {
        int to = ByteScan.indexOf(bytes, start, end, ESC);
        for (int at = to; at < end;) {
            bytes[to++] = bytes[at + 1] == ESC_END ? END : ESC;
            int plain = at + 2;
            int esc = ByteScan.indexOf(bytes, plain, end, ESC);
            at = esc < 0 ? end : esc;
            System.arraycopy(bytes, plain, bytes, to, at - plain);
            to += at - plain;
        }
        return to;
    }

    private static int escapesIn(FrameWriter frame) {
        int escapes = 0;
        for (int i = 0; i < frame.length(); i++) {
            byte next = frame.array()[frame.offset() + i];
            escapes += next == END || next == ESC ? 1 : 0;
        }
        return escapes;
    }

    private static byte[] escaped(FrameWriter frame, int escapes) {
        byte[] escaped = new byte[frame.length() + escapes];
        int to = 0;
        for (int i = 0; i < frame.length(); i++) {
            byte next = frame.array()[frame.offset() + i];
            if (next == END || next == ESC) {
                escaped[to++] = ESC;
                next = next == END ? ESC_END : ESC_ESC;
            }
            escaped[to++] = next;
        }
        return escaped;
    }
}

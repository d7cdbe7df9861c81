package dev.berth.framing;

/** {@code line}: LF ends a frame; a CR before it is stripped. */
record LineFraming(int maxFrameBytes) implements Framing {

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    LineFraming {
        FrameSize.requireMax(maxFrameBytes, 1);
    }

    @Override
    public String notation() {
        return "line";
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new LineFraming(max);
    }

    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        byte[] bytes = cursor.bytes();
        int from = cursor.from();
        // The longest line allowed takes two bytes more, CR and LF; what comes after them can't make it shorter.
        int to = (int) Math.min(cursor.to(), (long) from + maxFrameBytes + 2);
        int lf = ByteScan.indexOf(bytes, from + cursor.scanned(), to, LF);
        if (lf < 0) {
            boolean crAtTheEnd = to - from == maxFrameBytes + 1 && bytes[to - 1] == CR;
            if (to - from > maxFrameBytes && !crAtTheEnd) {
                throw FrameSize.endless(cursor, this);
            }
            cursor.scanned(to - from);
            return false;
        }
        int end = lf > from && bytes[lf - 1] == CR ? lf - 1 : lf;
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
        int end = frame.offset() + length;
        int lf = ByteScan.indexOf(frame.array(), frame.offset(), end, LF);
        if (lf >= 0) {
            throw new IllegalArgumentException("payload has the line end LF at position " + (lf - frame.offset())
                    + ": send lines one by one, without line ends");
        }
        // Whoever receives "a\r\n" strips the CR: a payload that ends with a CR of its own gets a second one to lose.
        if (length > 0 && frame.array()[end - 1] == CR) {
            frame.put(CR);
        }
        frame.put(LF);
    }
}

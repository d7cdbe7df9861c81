package dev.berth.framing;

/** {@code delim:HEX}, {@code crlf}, {@code cr} and {@code nul}: a delimiter ends a frame and is not delivered. */
record DelimitedFraming(Delimiter delimiter, int maxFrameBytes) implements Framing {

    DelimitedFraming {
        FrameSize.requireMax(maxFrameBytes, 1);
    }

    /** The framing {@code delim:HEX} names. */
    static Framing parse(String notation) {
        return new DelimitedFraming(
                Delimiter.parse("delimiter", notation.substring("delim:".length())), FrameSize.DELIMITED);
    }

    @Override
    public String notation() {
        String hex = delimiter.hex();
        return switch (hex) {
            case "0d0a" -> "crlf";
            case "0d" -> "cr";
            case "00" -> "nul";
            default -> "delim:" + hex;
        };
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new DelimitedFraming(delimiter, max);
    }

    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        byte[] bytes = cursor.bytes();
        int from = cursor.from();
        // The longest payload allowed and its delimiter; what comes after them can't make it shorter.
        int to = (int) Math.min(cursor.to(), (long) from + maxFrameBytes + delimiter.length());
        int at = delimiter.indexIn(bytes, from + cursor.scanned(), to);
        if (at >= 0) {
            cursor.found(from, at, at + delimiter.length());
            return true;
        }
        if (to - from > maxFrameBytes && !delimiter.mayBegin(bytes, from, from + maxFrameBytes, to)) {
            throw FrameSize.endless(cursor, this);
        }
        // The last bytes may be a delimiter's first ones: they are looked at again.
        cursor.scanned(Math.max(0, to - from - delimiter.length() + 1));
        return false;
    }

    @Override
    public void seal(FrameWriter frame) {
        FrameSize.requireFits(frame, maxFrameBytes);
        int length = frame.length();
        delimiter.putTo(frame);
        int end = frame.offset() + frame.length();
        // Searched with the delimiter in place: "a" ended by "aa" would end one byte early, though it does not hold "aa".
        int position = delimiter.indexIn(frame.array(), frame.offset(), end) - frame.offset();
        if (position < length) {
            frame.shorten(length);
            throw new IllegalArgumentException("payload has the delimiter " + delimiter.hex() + " at position " + position
                    + ": the frame would end there");
        }
    }
}

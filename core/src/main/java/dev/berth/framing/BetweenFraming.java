package dev.berth.framing;

/**
 * {@code between:HEX/HEX}, {@code stxetx} and {@code mllp}: one mark starts a frame, another ends it; neither is delivered.
 *
 * <p>Nothing may stand between two frames: what is not a start mark is malformed.
 */
record BetweenFraming(Delimiter startMark, Delimiter endMark, int maxFrameBytes) implements Framing {

    private static final String WORD = "between:";

    BetweenFraming {
        FrameSize.requireMax(maxFrameBytes, 1);
    }

    /** The framing {@code between:HEX/HEX} names. */
    static Framing parse(String notation) {
        int slash = notation.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not of the form between:HEX/HEX, a start mark and an end mark like between:02/03");
        }
        return new BetweenFraming(
                Delimiter.parse("start mark", notation.substring(WORD.length(), slash)),
                Delimiter.parse("end mark", notation.substring(slash + 1)),
                FrameSize.DELIMITED);
    }

    @Override
    public String notation() {
        String marks = startMark.hex() + "/" + endMark.hex();
        return switch (marks) {
            case "02/03" -> "stxetx";
            case "0b/1c0d" -> "mllp";
            default -> WORD + marks;
        };
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new BetweenFraming(startMark, endMark, max);
    }

    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        byte[] bytes = cursor.bytes();
        int from = cursor.from();
        if (!startMark.isBegunIn(bytes, from, cursor.to())) {
            throw misplaced(cursor);
        }
        int start = from + startMark.length();
        // The longest payload allowed and its end mark; what comes after them can't make it shorter.
        int to = (int) Math.min(cursor.to(), (long) start + maxFrameBytes + endMark.length());
        int at = endMark.indexIn(bytes, Math.max(start, from + cursor.scanned()), to);
        if (at >= 0) {
            cursor.found(start, at, at + endMark.length());
            return true;
        }
        if (to - start > maxFrameBytes && !endMark.mayBegin(bytes, start, start + maxFrameBytes, to)) {
            throw FrameSize.endless(cursor, this);
        }
        // The last bytes may be an end mark's first ones: they are looked at again.
        cursor.scanned(Math.max(0, to - from - endMark.length() + 1));
        return false;
    }

    @Override
    public void seal(FrameWriter frame) {
        FrameSize.requireFits(frame, maxFrameBytes);
        int length = frame.length();
        endMark.putTo(frame);
        // Searched with the end mark in place: "a" ended by "aa" would end one byte early, though it does not hold "aa".
        int end = frame.offset() + frame.length();
        int position = endMark.indexIn(frame.array(), frame.offset(), end) - frame.offset();
        if (position < length) {
            frame.shorten(length);
            throw new IllegalArgumentException("payload has the end mark " + endMark.hex() + " at position " + position
                    + ": the frame would end there");
        }
        frame.prepend(startMark.toByteArray(), 0, startMark.length());
    }

    private FramingException misplaced(FrameCursor cursor) {
        FirstBytes first = new FirstBytes(cursor.bytes(), cursor.from(), cursor.to());
        return FramingException.malformed(notation() + " frame starts with " + startMark.hex()
                + ", but first bytes are " + first.quoted() + hint(cursor, first));
    }

    private String hint(FrameCursor cursor, FirstBytes first) {
        String guess = first.guess(notation());
        if (!guess.isEmpty()) {
            return guess;
        }
        int to = Math.min(cursor.to(), cursor.from() + FirstBytes.MAX_SHOWN);
        int at = startMark.indexIn(cursor.bytes(), cursor.from(), to);
        if (at > 0) {
            return ": the start mark comes " + (at - cursor.from()) + " bytes later, nothing may stand between frames";
        }
        return first.isText() ? ": text without its start mark?" : "";
    }
}

package dev.berth.framing;

/** Why a received length is refused: sizes, first bytes, likely cause, option. */
record LengthRefusal(LengthPrefixedFraming framing, FrameCursor cursor) {

    /** The error for a length that is not allowed. */
    FramingException of(long length) {
        LengthField field = framing.field();
        // Negative is 2^63 or more.
        return length >= 0 && length < field.aroundBytes() - field.uncountedBytes() ? tooSmall(length) : tooLarge(length);
    }

    private FramingException tooSmall(long length) {
        FirstBytes first = first();
        return FramingException.malformed("length " + length + " should count the whole frame, but " + framing.notation()
                + " has " + framing.field().aroundBytes() + " bytes around the body, first bytes " + first.quoted()
                + first.guess(framing.notation()));
    }

    private FramingException tooLarge(long length) {
        long size = sizeOf(length);
        FirstBytes first = first();
        FirstBytes header = header();
        boolean isText = framing.field().offset() == 0 && header.isText();
        String text = "length " + Long.toUnsignedString(length)
                + (size == length || size == Long.MAX_VALUE ? "" : " makes a frame of " + size + " bytes")
                + (isText ? " is the text " + header.quoted() : ", first bytes " + first.quoted())
                + cause(first)
                + FrameSize.limit(framing.maxFrameBytes());
        return FramingException.tooLarge(text, size, framing.maxFrameBytes());
    }

    private long sizeOf(long length) {
        LengthField field = framing.field();
        int more = field.uncountedBytes() - field.strippedBytes();
        return length < 0 || length > Long.MAX_VALUE - Math.max(0, more) ? Long.MAX_VALUE : length + more;
    }

    private String cause(FirstBytes first) {
        String guess = first.guess(framing.notation());
        if (!guess.isEmpty()) {
            return guess;
        }
        LengthField other = framing.field().inOtherOrder();
        long length = other.read(cursor.bytes(), cursor.from());
        if (framing.isAllowed(length)) {
            return ": as " + other.notation() + " it is " + length + ", is that the byte order?";
        }
        return first.isText() ? ": a text client on a " + framing.notation() + " port?" : "";
    }

    private FirstBytes first() {
        return new FirstBytes(cursor.bytes(), cursor.from(), cursor.to());
    }

    private FirstBytes header() {
        return new FirstBytes(cursor.bytes(), cursor.from(), cursor.from() + framing.field().headerBytes());
    }
}

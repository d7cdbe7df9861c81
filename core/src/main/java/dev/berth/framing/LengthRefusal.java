package dev.berth.framing;

/**
 * Why a received length is refused: sizes, first bytes, likely cause, option.
 *
 * <p>It keeps the first bytes and what else it says, not the buffer they came in, and composes the text when that is read: an
 * attacker chooses how often a length is refused.
 *
 * @param other what the length is in the other byte order
 */
record LengthRefusal(LengthPrefixedFraming framing, FirstBytes first, long length, long other) {

    /** The error for a length that is not allowed. */
    static FramingException of(LengthPrefixedFraming framing, FrameCursor cursor, long length) {
        LengthField field = framing.field();
        FirstBytes first = new FirstBytes(cursor.bytes(), cursor.from(), cursor.to());
        LengthRefusal refusal = new LengthRefusal(framing, first, length, field.inOtherOrder().read(cursor.bytes(), cursor.from()));
        // Negative is 2^63 or more.
        return length >= 0 && length < field.aroundBytes() - field.uncountedBytes()
                ? FramingException.malformed(refusal.tooSmall())
                : FramingException.tooLarge(refusal::tooLarge, refusal.size(), framing.maxFrameBytes());
    }

    private String tooSmall() {
        return "length " + length + " should count the whole frame, but " + framing.notation() + " has "
                + framing.field().aroundBytes() + " bytes around the body, first bytes " + first.quoted()
                + first.guess(framing.notation());
    }

    private String tooLarge() {
        long size = size();
        LengthField field = framing.field();
        FirstBytes header = first.upTo(field.bytes());
        boolean isText = field.offset() == 0 && header.isText();
        return "length " + Long.toUnsignedString(length)
                + (size == length || size == Long.MAX_VALUE ? "" : " makes a frame of " + size + " bytes")
                + (isText ? " is the text " + header.quoted() : ", first bytes " + first.quoted())
                + cause()
                + FrameSize.limit(framing.maxFrameBytes());
    }

    private long size() {
        LengthField field = framing.field();
        int more = field.uncountedBytes() - field.strippedBytes();
        return length < 0 || length > Long.MAX_VALUE - Math.max(0, more) ? Long.MAX_VALUE : length + more;
    }

    private String cause() {
        String guess = first.guess(framing.notation());
        if (!guess.isEmpty()) {
            return guess;
        }
        if (framing.isAllowed(other)) {
            return ": as " + framing.field().inOtherOrder().notation() + " it is " + other + ", is that the byte order?";
        }
        return first.isText() ? ": a text client on a " + framing.notation() + " port?" : "";
    }
}

package dev.berth.framing;

/**
 * {@code len...}: a length in front says where a frame ends.
 *
 * <p>A received length is compared with the smallest and largest one allowed before anything is computed from it, so no length
 * can overflow.
 */
record LengthPrefixedFraming(LengthField field, int maxFrameBytes) implements Framing {

    LengthPrefixedFraming {
        FrameSize.requireMax(maxFrameBytes, Math.max(1, smallestFrame(field)));
    }

    /** The framing {@code len...} names. */
    static Framing parse(String notation) {
        return new LengthPrefixedFraming(LengthNotation.parse(notation), FrameSize.LENGTH_PREFIXED);
    }

    @Override
    public String notation() {
        return field.notation();
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new LengthPrefixedFraming(field, max);
    }

    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        if (cursor.available() < field.headerBytes()) {
            return false;
        }
        int from = cursor.from();
        long length = field.read(cursor.bytes(), from);
        if (!isAllowed(length)) {
            throw LengthRefusal.of(this, cursor, length);
        }
        // Fits an int: at most 1 GiB and what is stripped.
        int sizeOnWire = (int) length + field.uncountedBytes();
        if (cursor.available() < sizeOnWire) {
            return false;
        }
        cursor.found(from + field.strippedBytes(), from + sizeOnWire, from + sizeOnWire);
        return true;
    }

    @Override
    public void seal(FrameWriter frame) {
        FrameSize.requireFits(frame, maxFrameBytes);
        if (frame.length() < smallestFrame(field)) {
            throw new IllegalArgumentException("payload of " + frame.length() + " bytes is smaller than the smallest frame of "
                    + notation() + ", " + smallestFrame(field) + " bytes");
        }
        long length = lengthOf(frame.length());
        if (field.isHeaderKept()) {
            requireSaid(length, frame);
            return;
        }
        if (length > field.largestLength()) {
            throw new IllegalArgumentException("length " + length + " does not fit the length field of " + notation()
                    + ", at most " + field.largestLength());
        }
        byte[] header = new byte[field.bytes()];
        field.write(length, header);
        frame.prepend(header, 0, header.length);
    }

    /** Whether a received length is neither too small nor too large; negative means 2^63 or more. */
    boolean isAllowed(long length) {
        return length >= lengthOf(smallestFrame(field)) && length <= lengthOf(maxFrameBytes);
    }

    private long lengthOf(long frameBytes) {
        return frameBytes + field.strippedBytes() - field.uncountedBytes();
    }

    private static int smallestFrame(LengthField field) {
        return field.aroundBytes() - field.strippedBytes();
    }

    private void requireSaid(long length, FrameWriter frame) {
        long said = field.read(frame.array(), frame.offset());
        if (said != length) {
            throw new IllegalArgumentException("the payload's own length field says " + Long.toUnsignedString(said)
                    + ", but " + notation() + " with " + frame.length() + " bytes needs " + length);
        }
    }
}

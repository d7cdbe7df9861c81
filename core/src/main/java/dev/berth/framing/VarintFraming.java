package dev.berth.framing;

/**
 * {@code varint}: a length in front as protobuf writes it, seven bits a byte, low ones first (LEB128).
 *
 * <p>A length has one spelling: more bytes than it needs are malformed, so that nobody can hide a frame from an observer.
 */
record VarintFraming(int maxFrameBytes) implements Framing {

    private static final int MAX_LENGTH_BYTES = 5;
    private static final int BITS = 7;
    private static final int LOW_BITS = 0x7F;
    private static final int MORE = 0x80;

    VarintFraming {
        FrameSize.requireMax(maxFrameBytes, 1);
    }

    @Override
    public String notation() {
        return "varint";
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new VarintFraming(max);
    }

    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        byte[] bytes = cursor.bytes();
        int at = cursor.from();
        long length = 0;
        byte last;
        do {
            int lengthBytes = at - cursor.from();
            if (lengthBytes == MAX_LENGTH_BYTES) {
                throw malformed(cursor, "length of more than " + MAX_LENGTH_BYTES + " bytes");
            }
            if (at == cursor.to()) {
                return false;
            }
            last = bytes[at++];
            length |= (long) (last & LOW_BITS) << (lengthBytes * BITS);
        } while (last < 0);
        if (last == 0 && at - cursor.from() > 1) {
            throw malformed(cursor, "length " + length + " in " + (at - cursor.from()) + " bytes is longer than it needs to be");
        }
        if (length > maxFrameBytes) {
            throw tooLarge(cursor, length);
        }
        if (cursor.to() - at < length) {
            return false;
        }
        int end = at + (int) length;
        cursor.found(at, end, end);
        return true;
    }

    @Override
    public void seal(FrameWriter frame) {
        FrameSize.requireFits(frame, maxFrameBytes);
        byte[] header = new byte[MAX_LENGTH_BYTES];
        int headerBytes = 0;
        int left = frame.length();
        while (left > LOW_BITS) {
            header[headerBytes++] = (byte) (left | MORE);
            left >>>= BITS;
        }
        header[headerBytes++] = (byte) left;
        frame.prepend(header, 0, headerBytes);
    }

    private FramingException malformed(FrameCursor cursor, String what) {
        FirstBytes first = first(cursor);
        return FramingException.malformed(what + ", first bytes " + first.quoted() + first.guess(notation()));
    }

    private FramingException tooLarge(FrameCursor cursor, long length) {
        FirstBytes first = first(cursor);
        return FramingException.tooLarge(() -> "length " + length + ", first bytes " + first.quoted() + first.guess(notation())
                + FrameSize.limit(maxFrameBytes), length, maxFrameBytes);
    }

    private static FirstBytes first(FrameCursor cursor) {
        return new FirstBytes(cursor.bytes(), cursor.from(), cursor.to());
    }
}

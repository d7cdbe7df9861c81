package dev.berth.framing;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code FRAMING~CHECKSUM}: the last bytes of every frame of another framing are a checksum of those before.
 *
 * <p>The maximum counts the payload alone, the other framing's counts the checksum too.
 */
record CheckedFraming(Framing inner, Checksum checksum) implements Framing {

    /** Stands between framing and checksum. */
    static final char MARK = '~';

    CheckedFraming {
        if (checksum.bytes() < 1 || checksum.bytes() > Long.BYTES) {
            throw new IllegalArgumentException(
                    "checksum of " + checksum.bytes() + " bytes; allowed: 1 to " + Long.BYTES);
        }
        if (inner.maxFrameBytes() <= checksum.bytes()) {
            throw new IllegalArgumentException("frames of " + inner.notation() + ", at most " + inner.maxFrameBytes()
                    + " bytes, have no room for a payload and " + checksum.bytes() + " bytes of " + checksum.notation());
        }
        if (!carriesAnyByte(inner)) {
            throw new IllegalArgumentException("frames of " + inner.notation() + " can't hold every byte, so they can't hold "
                    + checksum.notation() + "; use a length, fixed, gap, slip or cobs");
        }
    }

    /** The framing {@code FRAMING~CHECKSUM} names; the mark stands at the given index. */
    static Framing parse(String notation, int mark) {
        return new CheckedFraming(
                Notation.parse(notation.substring(0, mark)), Checksum.parse(notation.substring(mark + 1)));
    }

    @Override
    public String notation() {
        return inner.notation() + MARK + checksum.notation();
    }

    @Override
    public int maxFrameBytes() {
        return inner.maxFrameBytes() - checksum.bytes();
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        FrameSize.requireMax(max, 1);
        try {
            return new CheckedFraming(inner.withMaxFrameBytes(max + checksum.bytes()), checksum);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("maxFrameBytes " + max + " and " + checksum.bytes() + " bytes of "
                    + checksum.notation() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Duration> silence() {
        return inner.silence();
    }

    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        if (!innerNext(cursor)) {
            return false;
        }
        int end = cursor.end() - checksum.bytes();
        if (end < cursor.start()) {
            throw new ChecksumRefusal(this, cursor).tooShort();
        }
        long computed = checksum.of(cursor.bytes(), cursor.start(), end) & mask();
        long said = read(checksum.order(), cursor.bytes(), end);
        if (said != computed) {
            throw new ChecksumRefusal(this, cursor).wrong(said, computed);
        }
        cursor.found(cursor.start(), end, cursor.next());
        return true;
    }

    @Override
    public void seal(FrameWriter frame) {
        FrameSize.requireFits(frame, maxFrameBytes());
        int length = frame.length();
        long value = checksum.of(frame.array(), frame.offset(), frame.offset() + length);
        for (int i = 0; i < checksum.bytes(); i++) {
            int shift = checksum.order() == ByteOrder.BIG_ENDIAN ? checksum.bytes() - 1 - i : i;
            frame.put((int) (value >> (shift * Byte.SIZE)));
        }
        try {
            inner.seal(frame);
        } catch (IllegalArgumentException e) {
            frame.shorten(length);
            throw new IllegalArgumentException(
                    e.getMessage() + "; " + checksum.bytes() + " of the bytes are " + checksum.notation(), e);
        }
    }

    /** The checksum that stands at {@code at}, read in an order. */
    long read(ByteOrder order, byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < checksum.bytes(); i++) {
            int index = order == ByteOrder.BIG_ENDIAN ? at + i : at + checksum.bytes() - 1 - i;
            value = (value << Byte.SIZE) | (bytes[index] & 0xFF);
        }
        return value;
    }

    private long mask() {
        return -1L >>> (Long.SIZE - checksum.bytes() * Byte.SIZE);
    }

    private boolean innerNext(FrameCursor cursor) throws FramingException {
        try {
            return inner.next(cursor);
        } catch (FramingException e) {
            throw e.kind() == FramingException.Kind.TOO_LARGE ? new ChecksumRefusal(this, cursor).tooLarge(e) : e;
        }
    }

    /** Whether a frame can end with any checksum there is; a delimiter in it would cut the frame. */
    private static boolean carriesAnyByte(Framing framing) {
        return switch (framing) {
            case MagicFraming magic -> carriesAnyByte(magic.inner());
            case LineFraming _, DelimitedFraming _, BetweenFraming _, ScpiFraming _, RawFraming _ -> false;
            default -> true;
        };
    }
}

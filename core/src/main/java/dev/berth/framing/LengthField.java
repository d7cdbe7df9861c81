package dev.berth.framing;

import java.nio.ByteOrder;
import java.util.OptionalInt;

/**
 * Where a frame says its length, and what that length counts.
 *
 * <p>Start with {@link #bigEndian} or {@link #littleEndian}: then the length counts the bytes after it, and the field is not
 * delivered. {@code bigEndian(1).keptAt(2).withTrailer(2)} is {@code len1@2+2}.
 *
 * <p>Thread-safety: immutable and safe to share.
 *
 * @param bytes size of the field: 1, 2, 3, 4 or 8
 * @param order byte order of the field; big-endian where it has one byte
 * @param keptOffset how many bytes stand before the field; then header and field are delivered. Empty: the frame starts with
 *     the field, and it is stripped
 * @param trailerBytes how many bytes follow that the length does not count; always delivered
 * @param countsWholeFrame whether the length counts the whole frame: offset, field, body and trailer
 */
public record LengthField(
        int bytes, ByteOrder order, OptionalInt keptOffset, int trailerBytes, boolean countsWholeFrame) {

    /** The most bytes an offset or a trailer may have. */
    static final int MAX_EXTRA_BYTES = 65_535;

    /** Checks every value; IllegalArgumentException names value and range. */
    public LengthField {
        if (bytes != 1 && bytes != 2 && bytes != 3 && bytes != 4 && bytes != 8) {
            throw new IllegalArgumentException("length field of " + bytes + " bytes; allowed: 1, 2, 3, 4, 8");
        }
        requireExtra("offset", keptOffset.orElse(0));
        requireExtra("trailer", trailerBytes);
        order = bytes == 1 ? ByteOrder.BIG_ENDIAN : order;
    }

    /** A field with the high byte first. */
    public static LengthField bigEndian(int bytes) {
        return new LengthField(bytes, ByteOrder.BIG_ENDIAN, OptionalInt.empty(), 0, false);
    }

    /** A field with the low byte first. */
    public static LengthField littleEndian(int bytes) {
        return new LengthField(bytes, ByteOrder.LITTLE_ENDIAN, OptionalInt.empty(), 0, false);
    }

    /** The same field with {@code offset} bytes before it; these and the field are delivered too. */
    public LengthField keptAt(int offset) {
        return new LengthField(bytes, order, OptionalInt.of(offset), trailerBytes, countsWholeFrame);
    }

    /** The same field with {@code trailer} bytes after the body that the length does not count. */
    public LengthField withTrailer(int trailer) {
        return new LengthField(bytes, order, keptOffset, trailer, countsWholeFrame);
    }

    /** The same field with a length that counts the whole frame. */
    public LengthField countingWholeFrame() {
        return new LengthField(bytes, order, keptOffset, trailerBytes, true);
    }

    /** The field as options and config write it: {@code len4be}, {@code len1@2+2}. */
    public String notation() {
        return "len" + bytes
                + (bytes == 1 ? "" : order == ByteOrder.BIG_ENDIAN ? "be" : "le")
                + (keptOffset.isPresent() ? "@" + keptOffset.getAsInt() : "")
                + (trailerBytes > 0 ? "+" + trailerBytes : "")
                + (countsWholeFrame ? "!" : "");
    }

    /** How many bytes stand before the field. */
    int offset() {
        return keptOffset.orElse(0);
    }

    /** Whether header and field are delivered. */
    boolean isHeaderKept() {
        return keptOffset.isPresent();
    }

    /** Bytes before the body: offset and field. */
    int headerBytes() {
        return offset() + bytes;
    }

    /** Bytes around the body: offset, field and trailer. */
    int aroundBytes() {
        return headerBytes() + trailerBytes;
    }

    /** Bytes on the wire that the length does not count. */
    int uncountedBytes() {
        return countsWholeFrame ? 0 : aroundBytes();
    }

    /** Bytes on the wire that are not delivered. */
    int strippedBytes() {
        return isHeaderKept() ? 0 : headerBytes();
    }

    /** The largest length the field can say. */
    long largestLength() {
        return bytes == Long.BYTES ? Long.MAX_VALUE : (1L << (bytes * Byte.SIZE)) - 1;
    }

    /** The same field in the other byte order. */
    LengthField inOtherOrder() {
        ByteOrder other = order == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return new LengthField(bytes, other, keptOffset, trailerBytes, countsWholeFrame);
    }

    /** The length said by the frame that starts at {@code from}; negative where 8 bytes say 2^63 or more. */
    long read(byte[] frame, int from) {
        int at = from + offset();
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            int index = order == ByteOrder.BIG_ENDIAN ? at + i : at + bytes - 1 - i;
            length = (length << Byte.SIZE) | (frame[index] & 0xFF);
        }
        return length;
    }

    /** Writes the length, in the field's size, to the start of an array. */
    void write(long length, byte[] target) {
        for (int i = 0; i < bytes; i++) {
            int index = order == ByteOrder.BIG_ENDIAN ? bytes - 1 - i : i;
            target[index] = (byte) (length >> (i * Byte.SIZE));
        }
    }

    private static void requireExtra(String name, int bytes) {
        if (bytes < 0 || bytes > MAX_EXTRA_BYTES) {
            throw new IllegalArgumentException(name + " of " + bytes + " bytes; allowed: 0 to " + MAX_EXTRA_BYTES);
        }
    }
}

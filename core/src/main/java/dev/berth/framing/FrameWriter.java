package dev.berth.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A payload that grows while it is written, with room in front for a header.
 *
 * <p>Defaults: starts with 128 bytes and grows by doubling; {@link #clear()} lets go of more than 64 KiB. Numbers are written
 * big-endian.
 *
 * <p>Errors: a frame that would not fit one array is an IllegalArgumentException.
 *
 * <p>Thread-safety: not thread-safe.
 */
public final class FrameWriter {

    private static final int HEADROOM = 16;
    private static final int FIRST_BYTES = 128;
    private static final int KEPT_BYTES = 64 * 1024;
    // The largest array every JVM can make.
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private byte[] array = new byte[FIRST_BYTES];
    private int offset = HEADROOM;
    private int end = HEADROOM;

    /** An empty payload. */
    public FrameWriter() {}

    /** Appends the low 8 bits. */
    public FrameWriter put(int oneByte) {
        reserve(1);
        array[end++] = (byte) oneByte;
        return this;
    }

    /** Appends all bytes. */
    public FrameWriter put(byte[] bytes) {
        return put(bytes, 0, bytes.length);
    }

    /** Appends {@code length} bytes from index {@code from}. */
    public FrameWriter put(byte[] bytes, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        reserve(length);
        System.arraycopy(bytes, from, array, end, length);
        end += length;
        return this;
    }

    /** Appends what remains in the buffer, and consumes it. */
    public FrameWriter put(ByteBuffer bytes) {
        int length = bytes.remaining();
        reserve(length);
        bytes.get(array, end, length);
        end += length;
        return this;
    }

    /** Appends the low 16 bits, high byte first. */
    public FrameWriter putShort(int value) {
        return put(value >> 8).put(value);
    }

    /** Appends 4 bytes, high byte first. */
    public FrameWriter putInt(int value) {
        return putShort(value >> 16).putShort(value);
    }

    /** Appends 8 bytes, high byte first. */
    public FrameWriter putLong(long value) {
        return putInt((int) (value >> 32)).putInt((int) value);
    }

    /**
     * Appends a text as UTF-8.
     *
     * @throws IllegalArgumentException when the text holds half a surrogate pair, which UTF-8 can't say
     */
    public FrameWriter putUtf8(String text) {
        byte[] encoded = text.getBytes(UTF_8);
        // The fast encoder writes '?' for half a pair: only a text with a '?' needs the slow look.
        if (ByteScan.indexOf(encoded, 0, encoded.length, (byte) '?') >= 0) {
            requirePairs(text);
        }
        return put(encoded);
    }

    /** Number of bytes. */
    public int length() {
        return end - offset;
    }

    /** Puts bytes in front of all others; for framings. */
    public FrameWriter prepend(byte[] header, int from, int length) {
        Objects.checkFromIndexSize(from, length, header.length);
        if (length > offset) {
            makeRoomInFront(length);
        }
        offset -= length;
        System.arraycopy(header, from, array, offset, length);
        return this;
    }

    /** The array the bytes are in: {@code [offset(), offset() + length())}. Another one after the next write. */
    public byte[] array() {
        return array;
    }

    /** Index of the first byte in {@link #array()}. */
    public int offset() {
        return offset;
    }

    /** Forgets the bytes, for the next payload. */
    public void clear() {
        if (array.length > KEPT_BYTES) {
            array = new byte[FIRST_BYTES];
        }
        offset = HEADROOM;
        end = HEADROOM;
    }

    /** Cuts the payload to its first {@code length} bytes; for framings that take back what they appended. */
    void shorten(int length) {
        end = offset + Objects.checkIndex(length, length() + 1);
    }

    private void reserve(int length) {
        if (length > array.length - end) {
            array = Arrays.copyOf(array, grownTo((long) end + length));
        }
    }

    private void makeRoomInFront(int length) {
        int shift = length + HEADROOM;
        byte[] roomier = new byte[grownTo((long) end + shift)];
        System.arraycopy(array, offset, roomier, offset + shift, length());
        array = roomier;
        offset += shift;
        end += shift;
    }

    private int grownTo(long needed) {
        if (needed > MAX_BYTES) {
            throw new IllegalArgumentException("frame of " + needed + " bytes exceeds " + MAX_BYTES + ", the largest array");
        }
        return (int) Math.min(MAX_BYTES, Math.max(needed, 2L * array.length));
    }

    private static void requirePairs(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException(
                        "char 0x%04x at position %d is half a surrogate pair: not UTF-8".formatted(codePoint, i));
            }
        }
    }
}

package dev.berth.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.Objects;

/**
 * One frame's payload, seen in place and not copied.
 *
 * <p>Dead after {@link #expire()}: its bytes are about to be overwritten, so every use is an IllegalStateException. Keep {@link
 * #toByteArray()} or a text instead.
 *
 * <p>Thread-safety: not thread-safe; belongs to the thread that receives.
 */
public final class FrameView {

    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private final int from;
    private final int to;
    private boolean expired;

    private FrameView(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** A view of a whole array. */
    public static FrameView of(byte[] bytes) {
        return new FrameView(bytes, 0, bytes.length);
    }

    /** A view of {@code [from, to)}. */
    public static FrameView of(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        return new FrameView(bytes, from, to);
    }

    /** Number of bytes. */
    public int length() {
        requireAlive();
        return to - from;
    }

    /** The byte at position {@code i}. */
    public byte get(int i) {
        return bytes[from + Objects.checkIndex(i, length())];
    }

    /** The byte at position {@code i} as 0 to 255. */
    public int unsigned(int i) {
        return get(i) & 0xFF;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        requireAlive();
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** The bytes as text; what the charset can't read becomes its replacement character. */
    public String text(Charset charset) {
        return new String(bytes, from, length(), charset);
    }

    /**
     * The bytes as strict UTF-8.
     *
     * @throws FramingException naming the first byte that is not UTF-8, and its position
     */
    public String utf8() throws FramingException {
        String text = text(UTF_8);
        // The fast decoder replaces what is wrong: only a text with a replacement character needs the slow look.
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireUtf8();
        }
        return text;
    }

    /** The bytes as a read-only buffer, not copied: don't use it after this view expired. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes, from, length()).slice().asReadOnlyBuffer();
    }

    /** Copies the bytes into {@code target} from index {@code at}. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, from, target, at, length());
    }

    /** Ends this view's life; twice is harmless. */
    public void expire() {
        expired = true;
    }

    /** Whether this view is dead. */
    public boolean isExpired() {
        return expired;
    }

    private void requireAlive() {
        if (expired) {
            throw new IllegalStateException("frame view used after its frame was done: keep toByteArray() or a text instead");
        }
    }

    private void requireUtf8() throws FramingException {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = asByteBuffer();
        CharBuffer out = CharBuffer.allocate(256);
        while (decoder.decode(in, out, true).isOverflow()) {
            out.clear();
        }
        if (in.hasRemaining()) {
            int position = in.position();
            FirstBytes first = new FirstBytes(bytes, from, to);
            throw FramingException.malformed("byte 0x%02x at position %d is not UTF-8, first bytes %s%s"
                    .formatted(unsigned(position), position, first.quoted(), first.guess("text")));
        }
    }
}

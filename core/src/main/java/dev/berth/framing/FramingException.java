package dev.berth.framing;

import java.io.IOException;
import java.io.Serial;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Received bytes that are not a frame, or a frame that is not a message; the connection must end.
 *
 * <p>The text says size, limit, the first bytes, the likely cause and the option to change.
 *
 * <p>Thread-safety: immutable and safe to share.
 */
public final class FramingException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Stands for a size or limit that is not known. */
    static final long UNKNOWN = -1;

    /** What is wrong with the bytes. */
    public enum Kind {
        /** A frame larger than the maximum. */
        TOO_LARGE,
        /** Bytes that break the framing's or the codec's rules. */
        MALFORMED
    }

    private final Kind kind;
    private final long size;
    private final long limit;
    /** Composed when it is read: who refuses lengths all day does not pay for a text that nobody wants. */
    private final transient @Nullable Supplier<String> text;

    private FramingException(Kind kind, String message, long size, long limit) {
        super(message);
        this.kind = kind;
        this.size = size;
        this.limit = limit;
        text = null;
    }

    private FramingException(Supplier<String> text, long size, long limit) {
        kind = Kind.TOO_LARGE;
        this.size = size;
        this.limit = limit;
        this.text = text;
    }

    /** A frame of {@code size} bytes, -1 where not known, where {@code limit} are allowed. */
    public static FramingException tooLarge(String message, long size, long limit) {
        return new FramingException(Kind.TOO_LARGE, message, size, limit);
    }

    /** The same with a text that is composed each time it is read, from what does not change. */
    static FramingException tooLarge(Supplier<String> text, long size, long limit) {
        return new FramingException(text, size, limit);
    }

    /** Bytes that are not a frame or not a message; codecs throw this too. */
    public static FramingException malformed(String message) {
        return new FramingException(Kind.MALFORMED, message, UNKNOWN, UNKNOWN);
    }

    @Override
    public String getMessage() {
        var later = text;
        return later == null ? String.valueOf(super.getMessage()) : later.get();
    }

    /** What is wrong with the bytes. */
    public Kind kind() {
        return kind;
    }

    /** The frame's size in bytes as delivered, or -1 where not known. */
    public long size() {
        return size;
    }

    /** The largest size allowed in bytes, or -1 where size is not what is wrong. */
    public long limit() {
        return limit;
    }
}

package dev.berth.framing;

/**
 * Where one message ends and the next begins.
 *
 * <p>Bytes in, frames out: a framing reads what a {@link FrameCursor} shows it and keeps no state of its own, so one framing
 * serves every connection. Named methods and {@link #parse notations} make the same framings; two framings are equal when
 * notation and maximum are.
 *
 * <p>Defaults: at most 64 KiB for frames that end with a delimiter, 1 MiB for frames that start with a length.
 *
 * <p>Thread-safety: immutable and safe to share.
 */
public interface Framing {

    /**
     * The framing in one word, as options and config write it: {@code line}, {@code len1@2+2}. For a framing with the default
     * maximum, {@code parse(notation())} equals this.
     */
    String notation();

    /** The largest payload, as delivered, in bytes; a larger one is refused. */
    int maxFrameBytes();

    /**
     * The same framing with another maximum.
     *
     * @throws IllegalArgumentException outside 1 byte (or the smallest frame this framing can have) to 1 GiB
     */
    Framing withMaxFrameBytes(int max);

    /**
     * Finds the first frame in the cursor's bytes; true when it called {@link FrameCursor#found}, false when more bytes are
     * needed.
     *
     * @throws FramingException when the bytes can't become a frame: no later byte can change that, the connection must end
     */
    boolean next(FrameCursor cursor) throws FramingException;

    /**
     * Turns a payload into a frame as it stands on the wire.
     *
     * @throws IllegalArgumentException when the payload can't be framed: it holds the delimiter, has the wrong size, disagrees
     *     with its own length field, or is larger than {@link #maxFrameBytes()}; the payload is left as it was
     */
    void seal(FrameWriter frame);

    /**
     * The framing a notation names: {@code line}, {@code crlf}, {@code delim:HEX}, {@code fixed:N},
     * <code>len{1,2,3,4,8}{be,le}[&#64;OFFSET][+TRAILER][!]</code>, {@code raw}.
     *
     * @throws IllegalArgumentException naming the value, what is allowed, and the nearest known name
     */
    static Framing parse(String notation) {
        return Notation.parse(notation);
    }

    /** Lines that end with LF; CRLF is accepted and the CR stripped. */
    static Framing line() {
        return new LineFraming(FrameSize.DELIMITED);
    }

    /** Frames that end with CR LF, and with nothing less. */
    static Framing crlf() {
        return new DelimitedFraming(Delimiter.CRLF, FrameSize.DELIMITED);
    }

    /**
     * Frames that end with the given bytes, which are not delivered.
     *
     * @throws IllegalArgumentException outside 1 to 16 bytes
     */
    static Framing delimited(byte... delimiter) {
        return new DelimitedFraming(new Delimiter(delimiter), FrameSize.DELIMITED);
    }

    /**
     * Frames of one size.
     *
     * @throws IllegalArgumentException outside 1 byte to 1 GiB
     */
    static Framing fixed(int bytes) {
        return new FixedFraming(bytes);
    }

    /** Frames that say their length in front. */
    static Framing lengthPrefixed(LengthField field) {
        return new LengthPrefixedFraming(field, FrameSize.LENGTH_PREFIXED);
    }

    /** No frames: bytes as they arrive, in pieces of at most {@link #maxFrameBytes()}. */
    static Framing raw() {
        return new RawFraming(FrameSize.DELIMITED);
    }
}

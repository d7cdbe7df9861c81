package dev.berth.framing;

import java.time.Duration;
import java.util.Optional;

/**
 * Where one message ends and the next begins.
 *
 * <p>Bytes in, frames out: a framing reads what a {@link FrameCursor} shows it and keeps no state of its own, so one framing
 * serves every connection. Named methods and {@link #parse notations} make the same framings; two framings are equal when
 * notation and maximum are.
 *
 * <p>Defaults: at most 64 KiB for frames that end with a delimiter or silence, 1 MiB for frames that start with a length or hold
 * blocks that do.
 *
 * <p>Thread-safety: immutable and safe to share.
 */
public interface Framing {

    /**
     * The framing in one word, as options and config write it: {@code line}, {@code len1@2+2}. For a framing with the default
     * maximum, {@code parse(notation())} equals this; one made by {@link #of} has two words, for people.
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
     * How long nothing must come for a frame to be complete; empty for framings that find a frame's end in its bytes.
     *
     * <p>A framing knows no clock: where this is not empty, whoever reads waits at most so long for more bytes once some are
     * there. When none came, or the stream ended cleanly, it shows the bytes again with {@link FrameCursor#over}, says {@link
     * FrameCursor#silence(boolean)} and calls {@link #next}; until then {@code next} answers false.
     */
    default Optional<Duration> silence() {
        return Optional.empty();
    }

    /**
     * Turns a payload into a frame as it stands on the wire.
     *
     * @throws IllegalArgumentException when the payload can't be framed: it holds the delimiter, has the wrong size, disagrees
     *     with its own length field, or is larger than {@link #maxFrameBytes()}; the payload is left as it was
     */
    void seal(FrameWriter frame);

    /**
     * The framing a notation names.
     *
     * <ul>
     *   <li>an end: {@code line}, {@code crlf}, {@code cr}, {@code nul}, {@code delim:HEX}; both ends: {@code between:HEX/HEX},
     *       {@code stxetx} (= {@code between:02/03}); escaped: {@code slip}, {@code cobs}
     *   <li>a length: {@code fixed:N}, <code>len{1,2,3,4,8}{be,le}[&#64;OFFSET][+TRAILER][!]</code>, {@code varint}
     *   <li>neither: {@code gap:20ms} (silence), {@code raw}
     *   <li>by protocol: {@code modbus} (= {@code len2be@4}), {@code mllp} (= {@code between:0b/1c0d}), {@code scpi}
     *   <li>in front of another: {@code magic:HEX,FRAMING}, the bytes every frame begins with: {@code magic:7878,len1@2+2}
     *   <li>behind another: {@code FRAMING~CHECKSUM}, see {@link Checksum#parse}: {@code len2be~crc32}, {@code
     *       gap:20ms~crc16-modbus}
     * </ul>
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

    /** Frames that end with CR. */
    static Framing cr() {
        return delimited((byte) '\r');
    }

    /** Frames that end with a zero byte. */
    static Framing nul() {
        return delimited((byte) 0);
    }

    /**
     * Frames that end with the given bytes, which are not delivered.
     *
     * @throws IllegalArgumentException outside 1 to 16 bytes
     */
    static Framing delimited(byte... delimiter) {
        return new DelimitedFraming(new Delimiter("delimiter", delimiter), FrameSize.DELIMITED);
    }

    /**
     * Frames that start with one mark and end with another; neither is delivered, and nothing may stand between two frames.
     *
     * @throws IllegalArgumentException where a mark is outside 1 to 16 bytes
     */
    static Framing between(byte[] startMark, byte[] endMark) {
        return new BetweenFraming(
                new Delimiter("start mark", startMark), new Delimiter("end mark", endMark), FrameSize.DELIMITED);
    }

    /** Frames between STX (02) and ETX (03). */
    static Framing stxetx() {
        return between(new byte[] {2}, new byte[] {3});
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

    /** Frames that say their length in front as protobuf does: LEB128, at most 5 bytes and no longer than needed. */
    static Framing varint() {
        return new VarintFraming(FrameSize.LENGTH_PREFIXED);
    }

    /**
     * Frames that end when nothing comes for a while, see {@link #silence()}. Two frames sent without such a pause arrive as one.
     *
     * @throws IllegalArgumentException outside whole milliseconds from 1 ms to 60 s
     */
    static Framing gap(Duration gap) {
        return new GapFraming(gap, FrameSize.DELIMITED);
    }

    /** Frames that end with END (0xC0), escaped inside (RFC 1055); empty ones are skipped and can't be sent. */
    static Framing slip() {
        return new SlipFraming(FrameSize.DELIMITED);
    }

    /** Frames that end with a zero byte, with the zeros inside stuffed away (Consistent Overhead Byte Stuffing). */
    static Framing cobs() {
        return new CobsFraming(FrameSize.DELIMITED);
    }

    /** Modbus TCP, {@code len2be@4}: header and body are delivered. */
    static Framing modbus() {
        return lengthPrefixed(LengthField.bigEndian(2).keptAt(4));
    }

    /** HL7's minimal lower layer protocol: frames between VT (0b) and FS CR (1c 0d). */
    static Framing mllp() {
        return between(new byte[] {0x0B}, new byte[] {0x1C, '\r'});
    }

    /** Lines of instruments: LF ends a frame, CRLF is accepted, and IEEE 488.2 blocks ({@code #8...}) may hold any byte. */
    static Framing scpi() {
        return new ScpiFraming(FrameSize.LENGTH_PREFIXED);
    }

    /**
     * The other framing, where every frame begins with the same bytes. They are part of the frame: the other framing sees them,
     * they are delivered, and a payload to send begins with them.
     *
     * @throws IllegalArgumentException outside 1 to 16 bytes, and where the other framing has something else in front: marks,
     *     codes, or a length field where the magic is
     */
    static Framing magic(byte[] magic, Framing framing) {
        return MagicFraming.of(new Delimiter("magic", magic), DuplexFraming.requireOneWay(framing));
    }

    /**
     * The other framing, where every frame ends with a checksum of all bytes before it, which is verified and not delivered. The
     * other framing's maximum counts the checksum, the maximum of the one returned does not.
     *
     * @throws IllegalArgumentException where the other framing ends with a delimiter, which a checksum may hold, or has no room
     */
    static Framing checked(Framing framing, Checksum checksum) {
        return new CheckedFraming(DuplexFraming.requireOneWay(framing), checksum);
    }

    /**
     * One framing for what is received and another for what is sent, for protocols whose directions differ. Its maximum is the
     * larger of the two; each keeps its own. Where both are equal, it is that framing.
     *
     * @throws IllegalArgumentException where one of them is such a framing itself
     */
    static Framing of(Framing in, Framing out) {
        DuplexFraming.requireOneWay(in);
        DuplexFraming.requireOneWay(out);
        return in.equals(out) ? in : new DuplexFraming(in, out);
    }

    /** No frames: bytes as they arrive, in pieces of at most {@link #maxFrameBytes()}. */
    static Framing raw() {
        return new RawFraming(FrameSize.DELIMITED);
    }
}

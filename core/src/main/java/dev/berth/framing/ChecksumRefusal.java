package dev.berth.framing;

import java.nio.ByteOrder;
import java.util.HexFormat;

/** Why a frame with a checksum is refused: both values, first bytes, likely cause. */
record ChecksumRefusal(CheckedFraming framing, FrameCursor cursor) {

    // An attacker chooses how often every checksum is tried: at most for some microseconds.
    private static final int TRIED_BYTES = 4 * 1024;

    /** The error for a frame that is smaller than its checksum. */
    FramingException tooShort() {
        FirstBytes first = first();
        return FramingException.malformed("frame of " + (cursor.end() - cursor.start()) + " bytes has no room for "
                + checksum().bytes() + " bytes of " + checksum().notation() + ", bytes " + first.quoted()
                + first.guess(framing.notation()));
    }

    /** The error for a checksum that does not fit its frame. */
    FramingException wrong(long said, long computed) {
        FirstBytes first = first();
        return FramingException.malformed(checksum().notation() + " of " + (payloadEnd() - cursor.start()) + " bytes is "
                + hex(computed) + ", but the frame says " + hex(said) + ", first bytes " + first.quoted() + cause(first));
    }

    /** The other framing's complaint, with the maximum the user knows. */
    FramingException tooLarge(FramingException e) {
        int own = checksum().bytes();
        return FramingException.tooLarge(e.getMessage() + "; " + own + " of the bytes are " + checksum().notation()
                + ", so maxFrameBytes is " + framing.maxFrameBytes(), Math.max(FramingException.UNKNOWN, e.size() - own),
                framing.maxFrameBytes());
    }

    private String cause(FirstBytes first) {
        String guess = first.guess(framing.notation());
        return guess.isEmpty() && payloadEnd() - cursor.start() <= TRIED_BYTES ? fitting() : guess;
    }

    /** Which known checksum would have fitted. */
    private String fitting() {
        for (Crc crc : Crc.values()) {
            if (crc.bytes() != checksum().bytes()) {
                continue;
            }
            long computed = crc.of(cursor.bytes(), cursor.start(), payloadEnd());
            if (computed == framing.read(ByteOrder.BIG_ENDIAN, cursor.bytes(), payloadEnd())) {
                return ": " + crc.bigEndian().notation() + " fits, is it that?";
            }
            if (computed == framing.read(ByteOrder.LITTLE_ENDIAN, cursor.bytes(), payloadEnd())) {
                return ": " + crc.littleEndian().notation() + " fits, is it that?";
            }
        }
        return "";
    }

    private int payloadEnd() {
        return cursor.end() - checksum().bytes();
    }

    private String hex(long value) {
        return "0x" + HexFormat.of().toHexDigits(value, 2 * checksum().bytes());
    }

    private Checksum checksum() {
        return framing.checksum();
    }

    private FirstBytes first() {
        return new FirstBytes(cursor.bytes(), cursor.start(), cursor.end());
    }
}

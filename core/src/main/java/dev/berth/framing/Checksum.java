package dev.berth.framing;

import java.nio.ByteOrder;

/**
 * A number computed from a frame's bytes, sent behind them to notice what the line broke; see {@link Framing#checked}.
 *
 * <p>{@link Crc} has the known ones; write your own in four methods.
 *
 * <p>Thread-safety: immutable and safe to share; so must be your own.
 */
public interface Checksum {

    /** The checksum in one word, as options and config write it: {@code crc16-modbus}, {@code crc32-le}. */
    String notation();

    /** Its size on the wire: 1 to 8 bytes. */
    int bytes();

    /** Which of its bytes comes first on the wire. */
    ByteOrder order();

    /** The checksum of {@code [from, to)}; bits above its size are not looked at. */
    long of(byte[] bytes, int from, int to);

    /** The same checksum, low byte first on the wire. */
    default Checksum littleEndian() {
        return OrderedChecksum.of(this, ByteOrder.LITTLE_ENDIAN);
    }

    /** The same checksum, high byte first on the wire. */
    default Checksum bigEndian() {
        return OrderedChecksum.of(this, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The checksum a notation names: one of {@link Crc}'s, like {@code crc32}, and {@code -le} or {@code -be} behind it where its
     * bytes stand in the other order.
     *
     * @throws IllegalArgumentException naming the value, what is known, and the nearest known name
     */
    static Checksum parse(String notation) {
        return OrderedChecksum.parse(notation);
    }
}

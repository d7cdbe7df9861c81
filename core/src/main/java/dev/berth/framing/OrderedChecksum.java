package dev.berth.framing;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** A checksum whose bytes stand on the wire in another order than it usually has. */
record OrderedChecksum(Checksum checksum, ByteOrder order) implements Checksum {

    private static final String LITTLE = "-le";
    private static final String BIG = "-be";
    private static final int MAX_TYPOS = 2;

    /** The checksum in an order: itself where that is its own. */
    static Checksum of(Checksum checksum, ByteOrder order) {
        Checksum plain = checksum instanceof OrderedChecksum ordered ? ordered.checksum : checksum;
        return plain.order() == order ? plain : new OrderedChecksum(plain, order);
    }

    /** See {@link Checksum#parse}. */
    static Checksum parse(String notation) {
        if (notation.endsWith(LITTLE)) {
            return named(notation, LITTLE).littleEndian();
        }
        return notation.endsWith(BIG) ? named(notation, BIG).bigEndian() : named(notation, "");
    }

    @Override
    public String notation() {
        return checksum.notation() + (order == ByteOrder.LITTLE_ENDIAN ? LITTLE : BIG);
    }

    @Override
    public int bytes() {
        return checksum.bytes();
    }

    @Override
    public long of(byte[] bytes, int from, int to) {
        return checksum.of(bytes, from, to);
    }

    private static Checksum named(String notation, String suffix) {
        String name = notation.substring(0, notation.length() - suffix.length());
        for (Crc crc : Crc.values()) {
            if (crc.notation().equals(name)) {
                return crc;
            }
        }
        throw new IllegalArgumentException("unknown checksum '" + notation + "'" + suggestion(name, suffix) + " known: "
                + Arrays.stream(Crc.values()).map(Crc::notation).collect(Collectors.joining(", "))
                + ", each also with -le or -be");
    }

    private static String suggestion(String name, String suffix) {
        String typed = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(Crc.values())
                .map(Crc::notation)
                .filter(known -> EditDistance.between(typed, known) <= MAX_TYPOS)
                .min(Comparator.comparingInt(known -> EditDistance.between(typed, known)))
                .map(known -> "; did you mean " + known + suffix + "?")
                .orElse(";");
    }
}

package dev.berth.framing;

/** A 16-bit cyclic redundancy check by table: eight shifts of every byte value are made once. */
final class Crc16 {

    static final Crc16 ARC = reflected(0x8005, 0, 0);
    static final Crc16 CCITT = straight(0x1021, 0xFFFF, 0);
    static final Crc16 KERMIT = reflected(0x1021, 0, 0);
    static final Crc16 MODBUS = reflected(0x8005, 0xFFFF, 0);
    static final Crc16 X25 = reflected(0x1021, 0xFFFF, 0xFFFF);
    static final Crc16 XMODEM = straight(0x1021, 0, 0);

    private static final int BITS = 16;
    private static final int MASK = 0xFFFF;
    private static final int TOP = 0x8000;

    private final char[] table = new char[256];
    private final boolean isReflected;
    private final int init;
    private final int xorOut;

    private Crc16(int poly, int init, int xorOut, boolean isReflected) {
        this.isReflected = isReflected;
        this.init = isReflected ? mirrored(init) : init;
        this.xorOut = xorOut;
        for (int value = 0; value < table.length; value++) {
            table[value] = (char) (isReflected ? shiftedRight(value, mirrored(poly)) : shiftedLeft(value << Byte.SIZE, poly));
        }
    }

    /** Bits go in and come out low first: the catalogue's refin and refout are true. */
    static Crc16 reflected(int poly, int init, int xorOut) {
        return new Crc16(poly, init, xorOut, true);
    }

    /** Bits go in and come out high first: the catalogue's refin and refout are false. */
    static Crc16 straight(int poly, int init, int xorOut) {
        return new Crc16(poly, init, xorOut, false);
    }

    /** The checksum of {@code [from, to)}. */
    int of(byte[] bytes, int from, int to) {
        int crc = init;
        for (int i = from; i < to; i++) {
            crc = isReflected
                    ? (crc >>> Byte.SIZE) ^ table[(crc ^ bytes[i]) & 0xFF]
                    : ((crc << Byte.SIZE) & MASK) ^ table[((crc >>> Byte.SIZE) ^ bytes[i]) & 0xFF];
        }
        return crc ^ xorOut;
    }

    private static int shiftedRight(int value, int poly) {
        int crc = value;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            crc = (crc >>> 1) ^ ((crc & 1) != 0 ? poly : 0);
        }
        return crc;
    }

    private static int shiftedLeft(int value, int poly) {
        int crc = value;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            crc = ((crc << 1) & MASK) ^ ((crc & TOP) != 0 ? poly : 0);
        }
        return crc;
    }

    private static int mirrored(int value) {
        return Integer.reverse(value) >>> BITS;
    }
}

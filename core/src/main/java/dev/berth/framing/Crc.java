package dev.berth.framing;

import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The cyclic redundancy checks devices use, by the names their manuals give them.
 *
 * <p>Parameters are those of the catalogue of parametrised CRC algorithms (reveng.sourceforge.io). The order of the bytes is the
 * one usual with that name; {@link #littleEndian()} and {@link #bigEndian()} change it.
 *
 * <p>Thread-safety: immutable and safe to share.
 */
public enum Crc implements Checksum {
    /** CRC-16/ARC, also "IBM" or just "CRC-16": Teltonika. High byte first. */
    CRC16_ARC(2, ByteOrder.BIG_ENDIAN),
    /** CRC-16/IBM-3740, also "CCITT-FALSE": what most manuals mean by CCITT. High byte first. */
    CRC16_CCITT(2, ByteOrder.BIG_ENDIAN),
    /** CRC-16/KERMIT, the CCITT's own. Low byte first. */
    CRC16_KERMIT(2, ByteOrder.LITTLE_ENDIAN),
    /** CRC-16/MODBUS: Modbus RTU. Low byte first. */
    CRC16_MODBUS(2, ByteOrder.LITTLE_ENDIAN),
    /** CRC-16/IBM-SDLC, also "ITU" or "X-25": HDLC, PPP, GT06 trackers. Low byte first as in HDLC; GT06 has the high byte first. */
    CRC16_X25(2, ByteOrder.LITTLE_ENDIAN),
    /** CRC-16/XMODEM. High byte first. */
    CRC16_XMODEM(2, ByteOrder.BIG_ENDIAN),
    /** CRC-32/ISO-HDLC: Ethernet, zip, PNG. High byte first. */
    CRC32(4, ByteOrder.BIG_ENDIAN),
    /** CRC-32/ISCSI, also "Castagnoli": iSCSI, SCTP. High byte first. */
    CRC32C(4, ByteOrder.BIG_ENDIAN);

    private final int bytes;
    private final ByteOrder order;

    Crc(int bytes, ByteOrder order) {
        this.bytes = bytes;
        this.order = order;
    }

    @Override
    public String notation() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public int bytes() {
        return bytes;
    }

    @Override
    public ByteOrder order() {
        return order;
    }

    @Override
    public long of(byte[] bytes, int from, int to) {
        return switch (this) {
            case CRC16_ARC -> Crc16.ARC.of(bytes, from, to);
            case CRC16_CCITT -> Crc16.CCITT.of(bytes, from, to);
            case CRC16_KERMIT -> Crc16.KERMIT.of(bytes, from, to);
            case CRC16_MODBUS -> Crc16.MODBUS.of(bytes, from, to);
            case CRC16_X25 -> Crc16.X25.of(bytes, from, to);
            case CRC16_XMODEM -> Crc16.XMODEM.of(bytes, from, to);
            case CRC32 -> {
                var crc = new CRC32();
                crc.update(bytes, from, to - from);
                yield crc.getValue();
            }
            case CRC32C -> {
                var crc = new CRC32C();
                crc.update(bytes, from, to - from);
                yield crc.getValue();
            }
        };
    }
}

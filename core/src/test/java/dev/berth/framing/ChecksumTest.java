package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {

    /** Check values: the checksum of 123456789, from the catalogue of parametrised CRC algorithms. */
    @ParameterizedTest
    @CsvSource({
        "crc16-arc, bb3d", "crc16-ccitt, 29b1", "crc16-kermit, 2189", "crc16-modbus, 4b37", "crc16-x25, 906e", "crc16-xmodem, 31c3",
        "crc32, cbf43926", "crc32c, e3069283"
    })
    void checkValueIsTheCatalogues(String notation, String expected) {
        byte[] bytes = Wire.bytes("x123456789y");

        assertThat(Checksum.parse(notation).of(bytes, 1, 10)).isEqualTo(Long.parseLong(expected, 16));
    }

    /** Parameters that none of ours has together: CRC-16/GENIBUS, MCRF4XX and USB. */
    @Test
    void tableTakesAnyParameters() {
        byte[] bytes = Wire.bytes("123456789");

        assertThat(Crc16.straight(0x1021, 0xFFFF, 0xFFFF).of(bytes, 0, 9)).isEqualTo(0xD64E);
        assertThat(Crc16.reflected(0x1021, 0xFFFF, 0).of(bytes, 0, 9)).isEqualTo(0x6F91);
        assertThat(Crc16.reflected(0x8005, 0xFFFF, 0xFFFF).of(bytes, 0, 9)).isEqualTo(0xB4C8);
        // CRC-16/RIELLO: an initial value that differs when mirrored.
        assertThat(Crc16.reflected(0x1021, 0xB2AA, 0).of(bytes, 0, 9)).isEqualTo(0x63D0);
    }

    @ParameterizedTest
    @EnumSource(Crc.class)
    void ordersAreNamedAndGoBackToThePlainOne(Crc crc) {
        assertThat(Checksum.parse(crc.notation())).isSameAs(crc);
        assertThat(Checksum.parse(crc.notation() + "-le")).isEqualTo(crc.littleEndian());
        assertThat(Checksum.parse(crc.notation() + "-be")).isEqualTo(crc.bigEndian());
        assertThat(crc.littleEndian().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(crc.bigEndian().order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(crc.littleEndian().bigEndian().littleEndian()).isEqualTo(crc.littleEndian());
        boolean isLittle = crc.order() == ByteOrder.LITTLE_ENDIAN;
        assertThat(isLittle ? crc.littleEndian() : crc.bigEndian()).isSameAs(crc);
        assertThat(isLittle ? crc.bigEndian().littleEndian() : crc.littleEndian().bigEndian()).isSameAs(crc);
    }

    @ParameterizedTest
    @ValueSource(strings = {"len1~crc16-modbus", "len2be~crc32", "slip~crc32c-le", "cobs~crc16-x25"})
    void everyBitThatFlipsIsNoticed(String notation) {
        Framing framing = Framing.parse(notation);
        byte[] sealed = Wire.sealed(framing, "hello");
        // Behind the length and before the end mark stand payload and checksum.
        int from = notation.startsWith("len2") ? 2 : notation.startsWith("slip") ? 0 : 1;
        int to = notation.startsWith("len") ? sealed.length : sealed.length - 1;

        for (int bit = from * 8; bit < to * 8; bit++) {
            byte[] broken = sealed.clone();
            broken[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(FramingException.class)
                    .isThrownBy(() -> Wire.frames(framing, Wire.joined(broken, new byte[1])))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(FramingException.Kind.MALFORMED));
        }
    }

    @Test
    void framesBeforeABrokenOneAreDelivered() {
        Framing framing = Framing.parse("len1~crc16-arc");
        Wire wire = new Wire(framing);
        byte[] good = Wire.sealed(framing, "one");

        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> wire.receive(Wire.joined(good, Wire.bytes("\5two\0\0"), good)));

        assertThat(wire.frames()).containsExactly("one");
    }

    @Test
    void ownChecksumIsFourMethods() throws FramingException {
        Framing framing = Framing.checked(Framing.parse("len1"), new Xor(1));

        assertThat(framing.notation()).isEqualTo("len1~xor");
        assertThat(Wire.sealed(framing, "abc")).isEqualTo(Wire.bytes("\4abc\140"));
        assertThat(Wire.frames(framing, Wire.bytes("\4abc\140"))).containsExactly("abc");
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> Wire.frames(framing, Wire.bytes("\4abc\141")))
                .withMessage("xor of 3 bytes is 0x60, but the frame says 0x61, first bytes \"abca\"");
    }

    @Test
    void ownChecksumHasOneToEightBytes() throws FramingException {
        Framing widest = Framing.checked(Framing.parse("len1"), new Xor(8));

        assertThat(Wire.frames(widest, Wire.sealed(widest, "abc"))).containsExactly("abc");
        for (int size : new int[] {0, 9}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Framing.checked(Framing.parse("len1"), new Xor(size)))
                    .withMessage("checksum of %d bytes; allowed: 1 to 8", size);
        }
    }

    /** All bytes combined; the sign of the last one reaches bits above the checksum's size. */
    private record Xor(int bytes) implements Checksum {

        @Override
        public String notation() {
            return "xor";
        }

        @Override
        public ByteOrder order() {
            return ByteOrder.BIG_ENDIAN;
        }

        @Override
        public long of(byte[] bytes, int from, int to) {
            long xor = -1L << 32;
            for (int i = from; i < to; i++) {
                xor ^= bytes[i];
            }
            return xor;
        }
    }
}

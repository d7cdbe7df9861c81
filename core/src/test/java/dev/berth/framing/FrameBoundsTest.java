package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBoundsTest {

    private static final int MAX = 10;

    @ParameterizedTest
    @CsvSource({
        "line, 65536", "crlf, 65536", "delim:00, 65536", "raw, 65536", "fixed:20, 20",
        "len1, 1048576", "len4be, 1048576", "len2be@4, 1048576", "cr, 65536", "nul, 65536", "stxetx, 65536", "mllp, 65536",
        "varint, 1048576", "gap:20ms, 65536", "slip, 65536", "cobs, 65536", "scpi, 1048576", "'magic:7878,line', 65536",
        "len2be~crc32, 1048572", "fixed:20~crc16-modbus, 18"
    })
    void maximumIsOnByDefault(String framing, int expected) {
        assertThat(Framing.parse(framing).maxFrameBytes()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "line", "crlf", "delim:2d2d2d", "len1", "len2le", "len3be", "len8be", "len4be+2", "len2be!", "cr", "nul", "stxetx",
        "between:3c3c3c/3e3e", "varint", "slip", "cobs", "scpi", "magic:78,line", "magic:7878,delim:0a0b",
        "len2be~crc32", "slip~crc16-modbus", "cobs~crc32c"
    })
    void payloadsUpToTheMaximumPassAndNoLargerOne(String notation) throws FramingException {
        Framing limited = Framing.parse(notation).withMaxFrameBytes(MAX);
        Framing unlimited = Framing.parse(notation);

        for (int size : new int[] {2, MAX - 1, MAX}) {
            String payload = "x".repeat(size);
            assertThat(Wire.frames(limited, Wire.sealed(unlimited, payload))).containsExactly(payload);
            assertThat(Wire.framesByteByByte(limited, Wire.sealed(limited, payload))).containsExactly(payload);
        }
        byte[] tooLarge = Wire.sealed(unlimited, "x".repeat(MAX + 1));
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> Wire.frames(limited, tooLarge))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FramingException.Kind.TOO_LARGE))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(MAX));
        assertThat(Wire.bytesUntilRefused(limited, tooLarge)).isLessThanOrEqualTo(tooLarge.length);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.sealed(limited, "x".repeat(MAX + 1)))
                .withMessage("payload of 11 bytes exceeds maxFrameBytes 10");
    }

    @Test
    void framesBeforeOneThatIsTooLargeAreDelivered() {
        Wire wire = new Wire(Framing.line().withMaxFrameBytes(3));

        assertThatExceptionOfType(FramingException.class).isThrownBy(() -> wire.receive(Wire.bytes("a\nbcd\nefgh\ni\n")));

        assertThat(wire.frames()).containsExactly("a", "bcd");
    }

    @Nested
    class Delimited {

        @ParameterizedTest
        @CsvSource({
            "xxxxxxxxxxx, 11", // no line end may follow
            "xxxxxxxxxx\\r, 0", // LF may follow
            "xxxxxxxxxx\\rx, 12",
            "xxxxxxxxxx\\r\\r, 12",
            "xxxxxxxxx\\r\\r, 0",
            "xxxxxxxxx\\r\\r\\r, 12",
        })
        void lineIsRefusedWithTheFirstByteThatMakesItTooLong(String stream, int bytes) throws FramingException {
            requireRefusedAfter(bytes, Framing.line(), stream);
        }

        @ParameterizedTest
        @CsvSource({
            "delim:0d0d0a, xxxxxxxxxxx, 11",
            "delim:0d0d0a, xxxxxxxxxx\\r, 0",
            "delim:0d0d0a, xxxxxxxxxx\\r\\r, 0",
            "delim:0d0d0a, xxxxxxxxxx\\r\\rx, 13",
            "delim:0d0d0a, xxxxxxxxxx\\rx, 12",
            "delim:0d0d0a, xxxxxxxxx\\rx, 11",
            "delim:0d0d0a, xxxxxxxxx\\r\\r\\r, 0",
            "delim:0d0d0a, xxxxxxxxx\\r\\r\\r\\r, 13",
            "delim:00, xxxxxxxxxxx, 11",
            "crlf, xxxxxxxxxx\\n, 11",
            "cr, xxxxxxxxxxx, 11",
            "between:3c/3e, <xxxxxxxxxxx, 12",
            "between:3c/3e3e, <xxxxxxxxxx>, 0",
            "between:3c/3e3e, <xxxxxxxxxx>x, 13",
            "between:3c3c/3e, <<xxxxxxxxxx, 0",
            "slip, xxxxxxxxxx, 0",
            "slip, xxxxxxxxxxx, 11",
            "slip, xxxxxxxxx\\333, 0",
            "slip, xxxxxxxxx\\333\\334, 0",
            "slip, xxxxxxxxx\\333\\335x, 12",
            "slip, xxxxxxxxxx\\333, 11",
            "slip, \\300\\300xxxxxxxxxxx, 13",
            "cobs, xxxxxxxxxxx, 0", // one byte more than the payload
            "cobs, xxxxxxxxxxxx, 12",
            "cobs, \\0\\0xxxxxxxxxxxx, 14",
            "scpi, xxxxxxxxxxx, 11",
            "scpi, xxxxxxxxxx\\r, 0",
            "scpi, xxxxxxxxxx\\rx, 12",
            "scpi, xxxxxxxxxx#, 11",
            "scpi, #17xxxxxx\\r, 0",
            "scpi, #17xxxxxx\\r\\r, 0",
            "scpi, #17xxxxxx\\rx, 11",
            "gap:1s, xxxxxxxxxx, 0",
            "gap:1s, xxxxxxxxxxx, 11",
            "'magic:7878,line', xxxxxxxxxxx, 11",
        })
        void frameIsRefusedOnceNoDelimiterCanComeInTime(String framing, String stream, int bytes) throws FramingException {
            requireRefusedAfter(bytes, Framing.parse(framing), stream);
        }

        @ParameterizedTest
        @CsvSource({"slip, \\300", "cobs, \\0"})
        void skippedBytesThatTheCallerKeepsAreLimitedAsAFrameIs(String framing, String escaped) throws FramingException {
            Framing limited = Framing.parse(framing).withMaxFrameBytes(MAX);
            String skipped = escaped.translateEscapes();

            assertThat(Wire.framesByteByByte(limited, Wire.bytes(skipped.repeat(MAX)))).isEmpty();
            assertThat(Wire.bytesUntilRefused(limited, Wire.bytes(skipped.repeat(2 * MAX)))).isEqualTo(MAX + 1);
        }

        private static void requireRefusedAfter(int bytes, Framing framing, String escaped) throws FramingException {
            byte[] stream = Wire.bytes(escaped.translateEscapes());
            Framing limited = framing.withMaxFrameBytes(MAX);
            if (bytes == 0) {
                assertThat(Wire.framesByteByByte(limited, stream)).isEmpty();
                return;
            }
            assertThat(Wire.bytesUntilRefused(limited, stream)).isEqualTo(bytes);
            assertThatExceptionOfType(FramingException.class).isThrownBy(() -> Wire.frames(limited, stream))
                    .satisfies(e -> assertThat(e.size()).isEqualTo(-1));
        }

        @ParameterizedTest
        @CsvSource({"#17, 7, 10", "#18, 8, 11", "'a,#15', 5, 10", "'a,#16', 6, 11", "#3007, 7, 12", "#9999999999, 0, 1000000010"})
        void blockIsJudgedWithItsHeaderAlone(String header, int blockBytes, int size) throws FramingException {
            Framing scpi = Framing.scpi().withMaxFrameBytes(MAX);
            if (size <= MAX) {
                String payload = header + "\n".repeat(blockBytes);
                assertThat(Wire.framesByteByByte(scpi, Wire.bytes(payload + "\r\n"))).containsExactly(payload);
                return;
            }
            assertThat(Wire.bytesUntilRefused(scpi, Wire.bytes(header))).isEqualTo(header.length());
            assertThatExceptionOfType(FramingException.class).isThrownBy(() -> Wire.frames(scpi, Wire.bytes(header)))
                    .satisfies(e -> assertThat(e.size()).isEqualTo(size));
        }

        @Test
        void carriageReturnBeforeTheLineEndIsNotCounted() throws FramingException {
            Framing line = Framing.line().withMaxFrameBytes(3);

            assertThat(Wire.framesByteByByte(line, Wire.bytes("abc\r\nab\r\r\n"))).containsExactly("abc", "ab\r");
            assertThat(Wire.bytesUntilRefused(line, Wire.bytes("abc\r\r\n"))).isEqualTo(5);
        }
    }

    @Nested
    class LengthPrefixed {

        private static final long MIB = 1024 * 1024;

        /** Lengths around every boundary, as an unsigned number of the field's size. */
        @ParameterizedTest
        @CsvSource({
            "4, 0, true", "4, 1, true", "4, 1048575, true", "4, 1048576, true", "4, 1048577, false",
            "4, 2147483647, false", "4, 2147483648, false", "4, 2147483649, false", "4, 4294967295, false",
            "3, 1048576, true", "3, 1048577, false", "3, 16777215, false", "2, 65535, true", "1, 255, true",
            "8, 0, true", "8, 1048576, true", "8, 1048577, false", "8, 2147483647, false", "8, 2147483648, false",
            "8, 2147483649, false", "8, 4294967295, false", "8, 4294967296, false", "8, 4294967297, false",
            "8, 4295491585, false", "8, 9223372036854775807, false", "8, 9223372036854775808, false",
            "8, 18446744073709551615, false"
        })
        void lengthIsJudgedWithTheHeaderAlone(int fieldBytes, String unsignedLength, boolean allowed) throws FramingException {
            long length = Long.parseUnsignedLong(unsignedLength);
            byte[] big = Arrays.copyOfRange(ByteBuffer.allocate(8).putLong(length).array(), 8 - fieldBytes, 8);
            byte[] little = Arrays.copyOf(
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array(), fieldBytes);

            requireJudged(LengthField.bigEndian(fieldBytes), big, length, allowed);
            requireJudged(LengthField.littleEndian(fieldBytes), little, length, allowed);
        }

        private static void requireJudged(LengthField field, byte[] header, long length, boolean allowed)
                throws FramingException {
            Framing framing = Framing.lengthPrefixed(field);
            if (allowed) {
                assertThat(Wire.frames(framing, header)).hasSize(length == 0 ? 1 : 0);
                return;
            }
            assertThat(Wire.bytesUntilRefused(framing, header)).isEqualTo(header.length);
            assertThatExceptionOfType(FramingException.class).isThrownBy(() -> Wire.frames(framing, header))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(FramingException.Kind.TOO_LARGE))
                    .satisfies(e -> assertThat(e.size()).isEqualTo(length < 0 ? Long.MAX_VALUE : length))
                    .satisfies(e -> assertThat(e.limit()).isEqualTo(MIB));
        }

        @ParameterizedTest
        @CsvSource({
            // framing, maximum, largest length allowed: the whole delivered frame counts
            "len1, 10, 10", "len1+2, 10, 8", "len2be!, 10, 12", "len2be+2!, 10, 12",
            "len1@0, 10, 9", "len1@2+2, 10, 5", "len2be@4, 10, 4", "len1@2+2!, 10, 10", "len1@2+2, 5, 0",
        })
        void maximumCountsWhatIsDelivered(String notation, int max, int largest) throws FramingException {
            Framing framing = Framing.parse(notation).withMaxFrameBytes(max);
            LengthField field = LengthNotation.parse(notation);
            byte[] header = new byte[field.headerBytes()];

            header[header.length - 1] = (byte) largest;
            byte[] rest = new byte[largest + field.uncountedBytes() - header.length];
            assertThat(Wire.frames(framing, header, rest)).singleElement()
                    .satisfies(frame -> assertThat(frame).hasSize(max));

            header[header.length - 1] = (byte) (largest + 1);
            assertThatExceptionOfType(FramingException.class).isThrownBy(() -> Wire.frames(framing, header))
                    .satisfies(e -> assertThat(e.size()).isEqualTo(max + 1));
        }

        @ParameterizedTest
        @CsvSource({"len1!, 1", "len2be!, 2", "len1+2!, 3", "len1@2+2!, 5", "len4le@1!, 5", "len8be!, 8"})
        void wholeFrameLengthBelowItsOwnPartsIsMalformed(String notation, int smallest) throws FramingException {
            Framing framing = Framing.parse(notation);
            LengthField field = LengthNotation.parse(notation);

            for (int length = 0; length < smallest; length++) {
                byte[] header = header(field, length);
                assertThatExceptionOfType(FramingException.class).isThrownBy(() -> Wire.frames(framing, header))
                        .satisfies(e -> assertThat(e.kind()).isEqualTo(FramingException.Kind.MALFORMED));
            }
            byte[] rest = new byte[smallest - field.headerBytes()];
            assertThat(Wire.frames(framing, header(field, smallest), rest)).hasSize(1);
        }

        private static byte[] header(LengthField field, long length) {
            byte[] value = new byte[field.bytes()];
            field.write(length, value);
            byte[] header = new byte[field.headerBytes()];
            System.arraycopy(value, 0, header, field.offset(), value.length);
            return header;
        }
    }

    @Nested
    class Maximum {

        @ParameterizedTest
        @CsvSource({
            "line, 0, 1", "line, -1, 1", "line, 1073741825, 1", "crlf, 0, 1", "raw, 0, 1", "len4be, 0, 1",
            "len4be, 1073741825, 1", "len1@2+2, 4, 5", "len1+3, 2, 3", "fixed:20, 19, 20", "stxetx, 0, 1", "varint, 0, 1",
            "gap:1s, 0, 1", "slip, 0, 1", "cobs, 1073741825, 1", "scpi, 0, 1", "len4be~crc32, 0, 1"
        })
        void outsideItsRangeIsRefused(String framing, int max, int smallest) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Framing.parse(framing).withMaxFrameBytes(max))
                    .withMessage("maxFrameBytes %d is out of range: %d to 1073741824", max, smallest);
        }

        @ParameterizedTest
        @CsvSource({"line, 1", "crlf, 1", "raw, 1", "len4be, 1", "len1@2+2, 5", "fixed:20, 20", "stxetx, 1", "varint, 1",
            "gap:1s, 1", "slip, 1", "cobs, 1", "scpi, 1", "'magic:7878,line', 1"})
        void bothEndsOfItsRangeAreAllowed(String framing, int smallest) {
            for (int max : new int[] {smallest, FrameSize.LARGEST}) {
                assertThat(Framing.parse(framing).withMaxFrameBytes(max).maxFrameBytes())
                        .isEqualTo(framing.startsWith("fixed") ? 20 : max);
            }
        }

        @Test
        void ofAFramingWithChecksumLeavesRoomForTheChecksum() {
            Framing checked = Framing.parse("len1@2+2~crc16-arc");

            assertThat(checked.withMaxFrameBytes(3).maxFrameBytes()).isEqualTo(3);
            assertThat(checked.withMaxFrameBytes(FrameSize.LARGEST - 2).maxFrameBytes()).isEqualTo(FrameSize.LARGEST - 2);
            assertThatIllegalArgumentException().isThrownBy(() -> checked.withMaxFrameBytes(2)).withMessage(
                    "maxFrameBytes 2 and 2 bytes of crc16-arc: maxFrameBytes 4 is out of range: 5 to 1073741824");
            assertThatIllegalArgumentException().isThrownBy(() -> checked.withMaxFrameBytes(FrameSize.LARGEST - 1)).withMessage(
                    "maxFrameBytes 1073741823 and 2 bytes of crc16-arc: maxFrameBytes 1073741825 is out of range: 5 to 1073741824");
        }

        @ParameterizedTest
        @ValueSource(strings = {"slip", "cobs", "scpi", "stxetx"})
        void largestOneDoesNotOverflow(String framing) throws FramingException {
            Framing largest = Framing.parse(framing).withMaxFrameBytes(FrameSize.LARGEST);

            assertThat(Wire.framesByteByByte(largest, Wire.sealed(largest, "#41abc"))).containsExactly("#41abc");
        }

        @Test
        void largestOneDoesNotOverflow() throws FramingException {
            FrameCursor cursor = new FrameCursor();
            cursor.over(Wire.bytes("abc\n"), 1, 4);

            assertThat(Framing.line().withMaxFrameBytes(FrameSize.LARGEST).next(cursor)).isTrue();
            assertThat(cursor.end()).isEqualTo(3);
        }
    }
}

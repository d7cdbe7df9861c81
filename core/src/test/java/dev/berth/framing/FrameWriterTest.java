package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {

    private final FrameWriter writer = new FrameWriter();

    @Test
    void numbersAreBigEndian() {
        writer.put(0x1ff).putShort(0x10203).putInt(0x04050607).putLong(0x08090a0b0c0d0e0fL).putShort(-1);

        assertThat(Wire.written(writer)).isEqualTo(
                Wire.bytes("\377\2\3\4\5\6\7\10\11\12\13\14\15\16\17\377\377"));
        assertThat(writer.length()).isEqualTo(17);
    }

    @Test
    void takesBytesFromArraysAndBuffers() {
        ByteBuffer buffer = ByteBuffer.wrap(Wire.bytes("..cd.."), 2, 2);

        writer.put(Wire.bytes("a")).put(Wire.bytes("xbx"), 1, 1).put(buffer).putUtf8("\u00fc\u20ac\ud83d\ude00?");

        assertThat(buffer.hasRemaining()).isFalse();
        assertThat(Wire.written(writer)).isEqualTo(Wire.bytes("abcd\303\274\342\202\254\360\237\230\200?"));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> writer.put(new byte[3], 2, 2));
    }

    @ParameterizedTest
    @CsvSource({"\\ud83d, 0", "ab\\ud83dx, 2", "a\\ude00, 1", "?\\ude00\\ud83d, 1", "\\ud83d\\ude00\\ud83d, 2"})
    void halfASurrogatePairIsRefused(String escaped, int position) {
        String text = unescaped(escaped);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.putUtf8(text))
                .withMessage("char 0x%04x at position %d is half a surrogate pair: not UTF-8",
                        (int) text.charAt(position), position);
        assertThat(writer.length()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 111, 112, 113, 1000, 100_000})
    void growsAsNeeded(int size) {
        byte[] bytes = Wire.bytes("x".repeat(size));
        FrameWriter oneByOne = new FrameWriter();
        for (int i = 0; i < size; i++) {
            oneByOne.put('x');
        }

        assertThat(Wire.written(writer.put(bytes))).isEqualTo(bytes);
        assertThat(Wire.written(oneByOne)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 200, 10_000})
    void headerOfAnySizeGoesInFront(int size) {
        String header = "h".repeat(size);
        writer.putUtf8("body");

        writer.prepend(Wire.bytes("." + header), 1, size).prepend(Wire.bytes("<"), 0, 1).putUtf8(">");

        assertThat(Wire.written(writer)).isEqualTo(Wire.bytes("<" + header + "body>"));
    }

    @Test
    void clearedWriterStartsAnewAndLetsGoOfALargeArray() {
        writer.put(new byte[1000]).clear();
        int kept = writer.array().length;
        writer.put(new byte[100_000]).clear();

        assertThat(kept).isGreaterThanOrEqualTo(1000);
        assertThat(writer.array().length).isLessThan(1000);
        assertThat(writer.length()).isZero();
        assertThat(Wire.written(writer.putUtf8("next"))).isEqualTo(Wire.bytes("next"));
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\u", i)) {
                plain.append((char) Integer.parseInt(text, i + 2, i + 6, 16));
                i += 5;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}

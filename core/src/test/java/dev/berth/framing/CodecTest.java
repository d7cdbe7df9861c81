package dev.berth.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.Charset;

import org.junit.jupiter.api.Test;

class CodecTest {

    @Test
    void linesAreStrictUtf8() throws IOException {
        Codec<String> lines = Codec.lines();

        assertThat(lines.framing()).isEqualTo(Framing.line());
        assertThat(encoded(lines, "gr\u00fc\u00dfe")).isEqualTo(Wire.bytes("gr\303\274\303\237e"));
        assertThat(lines.decode(FrameView.of(Wire.bytes("gr\303\274\303\237e")))).isEqualTo("gr\u00fc\u00dfe");
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> lines.decode(FrameView.of(Wire.bytes("\374"))));
        assertThatIllegalArgumentException().isThrownBy(() -> encoded(lines, "\ud83d"));
    }

    @Test
    void textInAnotherCharset() throws IOException {
        Codec<String> latin = Codec.text("crlf", ISO_8859_1);
        Codec<String> wide = Codec.text("len2le", UTF_16LE);

        assertThat(latin.framing()).isEqualTo(Framing.crlf());
        assertThat(encoded(latin, "\u00fc")).isEqualTo(Wire.bytes("\374"));
        assertThat(latin.decode(FrameView.of(Wire.bytes("\374")))).isEqualTo("\u00fc");
        assertThat(encoded(wide, "ab")).isEqualTo(Wire.bytes("a\0b\0"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoded(latin, "5 \u20ac"))
                .withMessage("text has characters that ISO-8859-1 can't write");
    }

    @Test
    void charsetThatOnlyReadsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codec.text(Framing.line(), Charset.forName("ISO-2022-CN")))
                .withMessage("charset ISO-2022-CN can only read; choose one that also writes");
    }

    @Test
    void bytesAreCopiedOutOfTheFrame() throws IOException {
        byte[] received = Wire.bytes(".abc.");
        Codec<byte[]> codec = Codec.bytes("len1@2+2");

        byte[] message = codec.decode(FrameView.of(received, 1, 4));
        received[1] = 'X';

        assertThat(message).isEqualTo(Wire.bytes("abc"));
        assertThat(encoded(codec, message)).isEqualTo(message);
        assertThat(codec.framing()).isEqualTo(Framing.parse("len1@2+2"));
    }

    @Test
    void ownCodecIsTwoMethods() throws IOException {
        Codec<Integer> numbers = Codec.of(
                Framing.fixed(4), frame -> frame.asByteBuffer().getInt(), (number, out) -> out.putInt(number));

        assertThat(encoded(numbers, 7)).isEqualTo(Wire.bytes("\0\0\0\7"));
        assertThat(numbers.decode(FrameView.of(Wire.bytes("\0\0\1\0")))).isEqualTo(256);
    }

    @Test
    void anotherMaximumChangesTheFramingAlone() throws IOException {
        Codec<String> limited = Codec.lines().withMaxFrameBytes(5);

        assertThat(limited.framing()).isEqualTo(Framing.line().withMaxFrameBytes(5));
        assertThat(limited.decode(FrameView.of(Wire.bytes("abc")))).isEqualTo("abc");
        assertThat(encoded(limited, "abc")).isEqualTo(Wire.bytes("abc"));
    }

    private static <T> byte[] encoded(Codec<T> codec, T message) {
        FrameWriter writer = new FrameWriter();
        codec.encode(message, writer);
        return Wire.written(writer);
    }
}

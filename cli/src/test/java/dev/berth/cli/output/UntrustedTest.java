package dev.berth.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

/** Nothing that a peer sends steers a terminal or forges a line of the log. */
final class UntrustedTest {
    @Test
    void plainTextStaysAsItIs() {
        assertThat(Untrusted.text("grüße, 你好 😀")).isEqualTo("grüße, 你好 😀");
        assertThat(Untrusted.text("grüße".getBytes(StandardCharsets.UTF_8))).isEqualTo("grüße");
    }

    @Test
    void controlCharactersAreShown() {
        assertThat(Untrusted.text("a\033[2Jb\r\n\t\0\177\u0085")).isEqualTo("a\\x1b[2Jb\\r\\n\\t\\x00\\x7f\\x85");
    }

    @Test
    void charactersThatTurnOrBreakLinesAreShown() {
        assertThat(Untrusted.text("a\u202eb\u2028c")).isEqualTo("a\\u{202e}b\\u{2028}c");
    }

    @Test
    void anEscapeThatWasSentIsToldFromOneThatWeWrote() {
        assertThat(Untrusted.text("\\n")).isEqualTo("\\\\n");
        assertThat(Untrusted.line("bytes \\x1b of\n")).isEqualTo("bytes \\x1b of\\n");
    }

    @Test
    void bytesThatAreNoUtf8AreShown() {
        byte[] bytes = {'o', 'k', (byte) 0xff, (byte) 0xc3, 'x', (byte) 0xe2, (byte) 0x82, (byte) 0xed, (byte) 0xa0, (byte) 0x80};

        assertThat(Untrusted.text(bytes)).isEqualTo("ok\\xff\\xc3x\\xe2\\x82\\xed\\xa0\\x80");
    }

    @Test
    void hexIsPairs() {
        assertThat(Untrusted.hex(new byte[] {0x48, 0x69, (byte) 0xff})).isEqualTo("48 69 ff");
    }
}

package dev.berth.cli.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes as people type them. */
final class HexTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "48 69|Hi",
        "4869|Hi",
        "4a4B|JK",
        "\"Hi\"|Hi",
        "\"a # b\" # and a remark|a # b",
        "\"a\\\"b\\\\c\\x41\"|a\"b\\cA",
        "\\x41\\t41|A\tA",
        "\"grüße\"|grüße",
        "\"\"|''",
    })
    void whatIsTyped(String typed, String message) {
        assertThat(HexText.parse(typed)).get().isEqualTo(message.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void allMixed() {
        assertThat(HexText.parse("02 \"Hi\"\\r\\n03")).get().isEqualTo("\2Hi\r\n\3".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aZeroByte() {
        assertThat(HexText.parse("\\0 00")).get().isEqualTo(new byte[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# only a remark", " \t# 48"})
    void aLineWithoutBytesIsNoMessage(String typed) {
        assertThat(HexText.parse(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "48 6g|'g' at position 5 is no hex digit; write hex digits, \"text\", \\r \\n \\t \\0 or \\x1b",
        "hi|'h' at position 1 is no hex digit",
        "48 6|half a byte at position 4",
        "48 6 9|half a byte at position 4",
        "\\x4|half a byte at position 1",
        "\\x|half a byte at position 2",
        "0x48|'x' at position 2 is no hex digit",
        "\\q|unknown escape '\\q' at position 1",
        "48 \\|unknown escape '\\' at position 4",
        "48 \"Hi|the quote at position 4 has no end",
        "٣٣|'٣' at position 1 is no hex digit",
    })
    void whatCantBeReadIsNamedWithItsPosition(String typed, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> HexText.parse(typed)).withMessageStartingWith(message);
    }

    @Test
    void whatIsShownCanBeTypedAgain() {
        byte[] message = "\u0002# \"Hi\"\n".getBytes(StandardCharsets.UTF_8);

        assertThat(HexText.shown(message)).isEqualTo("02 23 20 22 48 69 22 0a  # \\x02# \"Hi\"\\n");
        assertThat(HexText.parse(HexText.shown(message))).get().isEqualTo(message);
        assertThat(HexText.parse(HexText.shown(new byte[0]))).get().isEqualTo(new byte[0]);
    }
}

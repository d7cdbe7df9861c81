package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator reads when something else than frames arrives. */
class FramingErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        // framing | bytes | error
        "len4be | GET | ",
        "len4be | GET \\57 | length 1195725856 is the text \"GET \": an HTTP client on a len4be port?",
        "len4be | POST /meters | length 1347375956 is the text \"POST\": an HTTP client on a len4be port?",
        "len4be | DELE | length 1145392197 is the text \"DELE\": an HTTP client on a len4be port?",
        "len4be | PRI * HTTP/2.0 | length 1347569952 is the text \"PRI \": an HTTP/2 client on a len4be port?",
        "len4le | HTTP/1.1 400 | length 1347703880 is the text \"HTTP\": an HTTP server on a len4le port?",
        "len4be | SSH-2.0-OpenSSH_9.2 | length 1397966893 is the text \"SSH-\": an SSH client on a len4be port?",
        "len4be | PROXY TCP4 | length 1347571544 is the text \"PROX\": a proxy that sends a PROXY v1 header on a len4be port?",
        "len3be | PUT | length 5264724 is the text \"PUT\": an HTTP client on a len3be port?",
        "len4be | hello\\r\\n | length 1751477356 is the text \"hell\": a text client on a len4be port?",
        "len8be | GET / HT | length 5135603447292250196 is the text \"GET / HT\": an HTTP client on a len8be port?",
        "len4be | \\26\\3\\1\\2\\0\\1 | length 369295618, first bytes \"\\x16\\x03\\x01\\x02\\x00\\x01\": a TLS client on a len4be port?",
        "len4be | \\r\\n\\r\\n\\0\\r\\nQUIT\\n!\\21 | length 218762506 is the text \"\\r\\n\\r\\n\": a proxy that sends a PROXY v2 header on a len4be port?",
        "len4be | \\35\\0\\0\\0 | length 486539264, first bytes \"\\x1d\\x00\\x00\\x00\": as len4le it is 29, is that the byte order?",
        "len4le+1 | \\0\\0\\0\\35 | length 486539264 makes a frame of 486539265 bytes, first bytes \"\\x00\\x00\\x00\\x1d\": as len4be+1 it is 29, is that the byte order?",
        "len4be@4+4 | GET / HTTP/1.1\\r\\nHost: | length 790644820 makes a frame of 790644832 bytes, first bytes \"GET / HTTP/1.1\\r\\n\": an HTTP client on a len4be@4+4 port?",
        "len4be | \\377\\377\\377\\377 | length 4294967295, first bytes \"\\xff\\xff\\xff\\xff\"",
        "len8be | \\377\\377\\377\\377\\377\\377\\377\\377 | length 18446744073709551615, first bytes \"\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\"",
        "len4be | \\200\\33[\\t\\\"\\\\\\177\\0\\0\\0\\0\\0\\0\\0\\0\\0more | length 2149276425, first bytes \"\\x80\\x1b[\\t\\\"\\\\\\x7f\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"",
    })
    void lengthThatIsTooLargeNamesSizeBytesAndCause(String framing, String bytes, String error) throws FramingException {
        byte[] stream = Wire.bytes(bytes.translateEscapes());
        if (error == null) {
            Wire.frames(Framing.parse(framing), stream);
            return;
        }
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> Wire.frames(Framing.parse(framing), stream))
                .withMessage(error + " (maxFrameBytes 1048576, --max-frame)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "line    | 0123456789abcdefghijk | line frame of more than 20 bytes, first bytes \"0123456789abcdef\"",
        "crlf    | 0123456789abcdefghijk | crlf frame of more than 20 bytes, first bytes \"0123456789abcdef\"",
        "delim:00 | GET / HTTP/1.1\\r\\nHost: a\\r\\n | delim:00 frame of more than 20 bytes, first bytes \"GET / HTTP/1.1\\r\\n\": an HTTP client on a delim:00 port?",
        "line    | \\26\\3\\1\\2\\0\\1\\0\\1\\374\\3\\3.................. | line frame of more than 20 bytes, first bytes \"\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xfc\\x03\\x03.....\": a TLS client on a line port?",
    })
    void frameWithoutItsEndNamesLimitBytesAndCause(String framing, String bytes, String error) {
        byte[] stream = Wire.bytes(bytes.translateEscapes());
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> Wire.frames(Framing.parse(framing).withMaxFrameBytes(20), stream))
                .withMessage(error + " (maxFrameBytes 20, --max-frame)");
    }

    @Test
    void wholeFrameLengthThatIsTooSmallNamesBothSizes() {
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> Wire.frames(Framing.parse("len1@2+2!"), Wire.bytes("xx\4\r\n")))
                .withMessage("length 4 should count the whole frame, but len1@2+2! has 5 bytes around the body,"
                        + " first bytes \"xx\\x04\\r\\n\"");
    }

    @Test
    void textThatIsNotUtf8NamesByteAndPosition() {
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> FrameView.of(Wire.bytes("abc\300\257")).utf8())
                .withMessage("byte 0xc0 at position 3 is not UTF-8, first bytes \"abc\\xc0\\xaf\"");
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> FrameView.of(Wire.bytes("\26\3\1\2\0\1\374")).utf8())
                .withMessage("byte 0xfc at position 6 is not UTF-8, first bytes"
                        + " \"\\x16\\x03\\x01\\x02\\x00\\x01\\xfc\": a TLS client on a text port?");
    }
}

package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
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
        "nul     | GET / HTTP/1.1\\r\\nHost: a\\r\\n | nul frame of more than 20 bytes, first bytes \"GET / HTTP/1.1\\r\\n\": an HTTP client on a nul port?",
        "stxetx  | \\002123456789abcdefghijkl | stxetx frame of more than 20 bytes, first bytes \"\\x02123456789abcdef\"",
        "slip    | \\300\\300GET / HTTP/1.1\\r\\nHost: a\\r\\n | slip frame of more than 20 bytes, first bytes \"GET / HTTP/1.1\\r\\n\": an HTTP client on a slip port?",
        "cobs    | GET / HTTP/1.1\\r\\nHost: a\\r\\n | cobs frame of more than 20 bytes, first bytes \"GET / HTTP/1.1\\r\\n\": an HTTP client on a cobs port?",
        "scpi    | CURVE #800000010ab | block of 10 bytes makes a scpi frame of 26 bytes or more, first bytes \"CURVE #800000010\"",
        "scpi    | GET / HTTP/1.1 Host: abc | scpi frame of more than 20 bytes, first bytes \"GET / HTTP/1.1 H\": an HTTP client on a scpi port?",
        "gap:20ms | 0123456789abcdefghijk | gap:20ms frame of more than 20 bytes, first bytes \"0123456789abcdef\"",
        "varint  | \\25a | length 21, first bytes \"\\x15a\"",
        "varint  | GET / HTTP | length 71, first bytes \"GET / HTTP\": an HTTP client on a varint port?",
        "varint  | \\377\\377\\377\\377\\17 | length 4294967295, first bytes \"\\xff\\xff\\xff\\xff\\x0f\"",
        "varint  | \\377\\377\\377\\377\\177 | length 34359738367, first bytes \"\\xff\\xff\\xff\\xff\\x7f\"",
        "line    | \\26\\3\\1\\2\\0\\1\\0\\1\\374\\3\\3.................. | line frame of more than 20 bytes, first bytes \"\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xfc\\x03\\x03.....\": a TLS client on a line port?",
    })
    void frameWithoutItsEndNamesLimitBytesAndCause(String framing, String bytes, String error) {
        byte[] stream = Wire.bytes(bytes.translateEscapes());
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> Wire.frames(Framing.parse(framing).withMaxFrameBytes(20), stream))
                .withMessage(error + " (maxFrameBytes 20, --max-frame)");
    }

    @Test
    void emptyFramesThatTheCallerKeepsNameTheLimit() {
        byte[] stream = Wire.bytes("\300".repeat(21));
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> Wire.framesByteByByte(Framing.slip().withMaxFrameBytes(20), stream))
                .withMessage("slip: more than 20 empty frames in a row (maxFrameBytes 20, --max-frame)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "mllp | MSH | mllp frame starts with 0b, but first bytes are \"MSH\": text without its start mark?",
        "mllp | GET / HTTP | mllp frame starts with 0b, but first bytes are \"GET / HTTP\": an HTTP client on a mllp port?",
        "mllp | \\r\\n\\013MSH | mllp frame starts with 0b, but first bytes are \"\\r\\n\\x0bMSH\": the start mark comes 2 bytes later, nothing may stand between frames",
        "between:4142/43 | A\\0 | between:4142/43 frame starts with 4142, but first bytes are \"A\\x00\"",
        "slip | ab\\333c | byte 0x63 after ESC (0xdb) at position 2; slip allows 0xdc and 0xdd, first bytes \"ab\\xdbc\"",
        "slip | \\300\\333\\300 | byte 0xc0 after ESC (0xdb) at position 0; slip allows 0xdc and 0xdd, first bytes \"\\xdb\\xc0\"",
        "slip | \\333\\333 | byte 0xdb after ESC (0xdb) at position 0; slip allows 0xdc and 0xdd, first bytes \"\\xdb\\xdb\"",
        "cobs | \\3ab\\5ab\\0 | cobs block of 5 bytes at position 3, but the frame ends after 3, first bytes \"\\x03ab\\x05ab\"",
        "cobs | \\377a\\0 | cobs block of 255 bytes at position 0, but the frame ends after 2, first bytes \"\\xffa\"",
        "cobs | GET / HTTP\\0 | cobs block of 71 bytes at position 0, but the frame ends after 10, first bytes \"GET / HTTP\": an HTTP client on a cobs port?",
        "varint | \\200\\0 | length 0 in 2 bytes is longer than it needs to be, first bytes \"\\x80\\x00\"",
        "varint | \\205\\200\\0 | length 5 in 3 bytes is longer than it needs to be, first bytes \"\\x85\\x80\\x00\"",
        "varint | \\200\\200\\200\\200\\200 | length of more than 5 bytes, first bytes \"\\x80\\x80\\x80\\x80\\x80\"",
        "magic:7878,len1@2+2 | xy\\5 | frame begins with \"xy\\x05\", not with the magic 7878",
        "magic:7878,len1@2+2 | G | frame begins with \"G\", not with the magic 7878",
        "magic:7878,len1@2+2 | GET / HTTP | frame begins with \"GET / HTTP\", not with the magic 7878: an HTTP client on a magic:7878,len1@2+2 port?",
        "magic:7878,fixed:1 | x | frame begins with \"x\", not with the magic 7878",
        "magic:7878,line | x\\n | frame begins with \"x\\n\", not with the magic 7878",
        "len1~crc32 | \\3abc | frame of 3 bytes has no room for 4 bytes of crc32, bytes \"abc\"",
        "len1~crc16-ccitt | \\013123456789\\1\\2 | crc16-ccitt of 9 bytes is 0x29b1, but the frame says 0x0102, first bytes \"123456789\\x01\\x02\"",
        "len1~crc16-ccitt | \\013123456789\\261\\051 | crc16-ccitt of 9 bytes is 0x29b1, but the frame says 0xb129, first bytes \"123456789\\xb1)\": crc16-ccitt-le fits, is it that?",
        "len1~crc16-ccitt | \\013123456789\\220\\156 | crc16-ccitt of 9 bytes is 0x29b1, but the frame says 0x906e, first bytes \"123456789\\x90n\": crc16-x25-be fits, is it that?",
        "len1~crc32 | \\015123456789\\203\\222\\006\\343 | crc32 of 9 bytes is 0xcbf43926, but the frame says 0x839206e3, first bytes \"123456789\\x83\\x92\\x06\\xe3\": crc32c-le fits, is it that?",
        "fixed:14~crc32 | GET / HTTP/1.1 | crc32 of 10 bytes is 0xa2aa51ba, but the frame says 0x2f312e31, first bytes \"GET / HTTP/1.1\": an HTTP client on a fixed:14~crc32 port?",
    })
    void bytesThatBreakTheRulesAreNamed(String framing, String bytes, String error) {
        byte[] stream = Wire.bytes(bytes.translateEscapes());

        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> Wire.frames(Framing.parse(framing), stream))
                .withMessage(error)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FramingException.Kind.MALFORMED));
    }

    @Test
    void frameWithChecksumThatIsTooLargeNamesBothMaximums() {
        Framing framing = Framing.parse("len1~crc32").withMaxFrameBytes(20);

        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> Wire.frames(framing, Wire.bytes("\31abc")))
                .withMessage("length 25, first bytes \"\\x19abc\" (maxFrameBytes 24, --max-frame);"
                        + " 4 of the bytes are crc32, so maxFrameBytes is 20")
                .satisfies(e -> assertThat(e.size()).isEqualTo(21))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(20));
    }

    @Test
    void stuffedFrameThatIsTooLargeNamesItsSizeOnceItsEndIsThere() {
        Framing cobs = Framing.cobs().withMaxFrameBytes(300);
        // Zeros need no room for full blocks: one byte more than allowed still fits the longest frame on the wire.
        byte[] sealed = Wire.sealed(Framing.cobs(), "\0".repeat(301));

        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> Wire.frames(cobs, sealed))
                .withMessage("cobs frame of 301 bytes, first bytes \"" + "\\x01".repeat(16) + "\" (maxFrameBytes 300, --max-frame)")
                .satisfies(e -> assertThat(e.size()).isEqualTo(301));
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

package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SealTest {

    @ParameterizedTest
    @MethodSource("dev.berth.framing.Sample#all")
    void whateverWasReceivedCanBeSentAndIsReceivedTheSame(Sample sample) throws FramingException {
        Framing framing = Framing.parse(sample.framing());
        FrameWriter writer = new FrameWriter();
        FrameWriter stream = new FrameWriter();

        for (String frame : sample.frames()) {
            writer.clear();
            writer.put(Wire.bytes(frame));
            framing.seal(writer);
            stream.put(Wire.written(writer));
        }

        assertThat(Wire.frames(framing, Wire.written(stream))).isEqualTo(sample.frames());
    }

    @ParameterizedTest
    @CsvSource({
        "line, hello, hello\\n", "line, '', \\n", "line, a\\r, a\\r\\r\\n", "crlf, hello, hello\\r\\n", "delim:00, x, x\\0",
        "fixed:3, abc, abc", "raw, abc, abc", "raw, '', ''", "len1, abc, \\3abc", "len2be, abc, \\0\\3abc",
        "len2le, abc, \\3\\0abc", "len3be, abc, \\0\\0\\3abc", "len4le, abc, \\3\\0\\0\\0abc",
        "len8be, abc, \\0\\0\\0\\0\\0\\0\\0\\3abc", "len1+2, abcXY, \\3abcXY", "len2be!, abc, \\0\\5abc",
        "len2be+1!, abc;, \\0\\6abc;", "len1@2+2, xx\\1a\\r\\n, xx\\1a\\r\\n", "cr, a, a\\r", "nul, a, a\\0",
        "stxetx, hello, \\2hello\\3", "stxetx, '', \\2\\3", "mllp, a, \\13a\\34\\r", "varint, a, \\1a", "varint, '', \\0",
        "gap:20ms, abc, abc", "slip, abc, abc\\300", "slip, a\\300\\333\\334, a\\333\\334\\333\\335\\334\\300",
        "cobs, '', \\1\\0", "cobs, a\\0\\0b, \\2a\\1\\2b\\0", "scpi, *RST, *RST\\n", "scpi, '', \\n",
        "scpi, a\\r, a\\r\\r\\n", "scpi, #12\\n\\r, #12\\n\\r\\n", "scpi, #11\\r\\r, #11\\r\\r\\r\\n",
        "'magic:7878,line', xxa, xxa\\n", "len1~crc16-ccitt, 123456789, \\013123456789\\051\\261",
        "slip~crc16-modbus, '', \\377\\377\\300"
    })
    void payloadOnTheWire(String framing, String payload, String wire) {
        assertThat(Wire.sealed(Framing.parse(framing), payload.translateEscapes()))
                .isEqualTo(Wire.bytes(wire.translateEscapes()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "line        | ab\\ncd     | payload has the line end LF at position 2: send lines one by one, without line ends",
        "line        | ab\\r\\n    | payload has the line end LF at position 3: send lines one by one, without line ends",
        "crlf        | ab\\r\\ncd  | payload has the delimiter 0d0a at position 2: the frame would end there",
        "delim:6161  | ba          | payload has the delimiter 6161 at position 1: the frame would end there",
        "delim:6161  | aab         | payload has the delimiter 6161 at position 0: the frame would end there",
        "fixed:4     | abc         | payload of 3 bytes in fixed:4: exactly 4 are needed",
        "fixed:4     | abcde       | payload of 5 bytes in fixed:4: exactly 4 are needed",
        "len1+2      | a           | payload of 1 bytes is smaller than the smallest frame of len1+2, 2 bytes",
        "len1@2+2    | xx\\0\\r    | payload of 4 bytes is smaller than the smallest frame of len1@2+2, 5 bytes",
        "len1@2+2    | xx\\7a\\r\\n| the payload's own length field says 7, but len1@2+2 with 6 bytes needs 1",
        "len2be@0!   | \\0\\1a     | the payload's own length field says 1, but len2be@0! with 3 bytes needs 3",
        "stxetx      | ab\\3c       | payload has the end mark 03 at position 2: the frame would end there",
        "between:3c/3e3e | a>        | payload has the end mark 3e3e at position 1: the frame would end there",
        "mllp        | a\\034\\r    | payload has the end mark 1c0d at position 1: the frame would end there",
        "gap:20ms    | ''            | payload of 0 bytes in gap:20ms: the other side would not notice it",
        "slip        | ''            | payload of 0 bytes in slip: the other side would skip it",
        "scpi        | ab\\r\\n   | payload has the line end LF at position 3, outside a block: send lines one by one",
        "scpi        | '\"\\n\"'   | payload has the line end LF at position 1, outside a block: send lines one by one",
        "scpi        | #11a\\n      | payload has the line end LF at position 4, outside a block: send lines one by one",
        "scpi        | #0a\\nb      | payload has the line end LF at position 3, outside a block: send lines one by one",
        "scpi        | C #15abcd     | payload ends inside a block: its # says more bytes than follow",
        "scpi        | #9999999999   | payload ends inside a block: its # says more bytes than follow",
        "magic:7878,line | xyz       | payload begins with \"xyz\", not with the magic 7878",
        "magic:7878,line | x         | payload begins with \"x\", not with the magic 7878",
        "fixed:4~crc16-arc | abc     | payload of 3 bytes exceeds maxFrameBytes 2",
        "fixed:4~crc16-arc | a       | payload of 3 bytes in fixed:4: exactly 4 are needed; 2 of the bytes are crc16-arc",
        "len1@0~crc32 | \\1a      | the payload's own length field says 1, but len1@0 with 6 bytes needs 5; 4 of the bytes are crc32",
    })
    void payloadThatCannotBeFramedIsRefusedAndLeftAsItWas(String framing, String escaped, String message) {
        byte[] payload = Wire.bytes(escaped.translateEscapes());
        FrameWriter writer = new FrameWriter().put(payload);

        assertThatIllegalArgumentException().isThrownBy(() -> Framing.parse(framing).seal(writer)).withMessage(message);

        assertThat(Wire.written(writer)).isEqualTo(payload);
    }

    @Test
    void lengthThatDoesNotFitItsFieldIsRefused() throws FramingException {
        assertThat(Wire.frames(Framing.parse("len1"), Wire.sealed(Framing.parse("len1"), "x".repeat(255))))
                .containsExactly("x".repeat(255));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.sealed(Framing.parse("len1"), "x".repeat(256)))
                .withMessage("length 256 does not fit the length field of len1, at most 255");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.sealed(Framing.parse("len1!"), "x".repeat(255)))
                .withMessage("length 256 does not fit the length field of len1!, at most 255");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.sealed(Framing.parse("len2le"), "x".repeat(65_536)))
                .withMessage("length 65536 does not fit the length field of len2le, at most 65535");
    }

    @Test
    void rawHasNoLargestPayload() {
        assertThat(Wire.sealed(Framing.raw().withMaxFrameBytes(1), "abc")).hasSize(3);
    }
}

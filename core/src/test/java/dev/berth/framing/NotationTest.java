package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotationTest {

    private static final String KNOWN =
            "; known: line, crlf, delim:HEX, fixed:N, len{1,2,3,4,8}{be,le}[@OFFSET][+TRAILER][!], raw";

    @ParameterizedTest
    @MethodSource("dev.berth.framing.Sample#all")
    void parsingWhatAFramingSaysGivesAnEqualFraming(Sample sample) {
        Framing framing = Framing.parse(sample.framing());

        assertThat(framing.notation()).isEqualTo(sample.framing());
        assertThat(Framing.parse(framing.notation())).isEqualTo(framing).hasSameHashCodeAs(framing);
        assertThat(framing.withMaxFrameBytes(100).notation()).isEqualTo(framing.notation());
    }

    @Test
    void namedMethodsEqualTheirNotations() {
        assertThat(Framing.line()).isEqualTo(Framing.parse("line"));
        assertThat(Framing.crlf()).isEqualTo(Framing.parse("crlf"));
        assertThat(Framing.delimited((byte) 0)).isEqualTo(Framing.parse("delim:00"));
        assertThat(Framing.fixed(20)).isEqualTo(Framing.parse("fixed:20"));
        assertThat(Framing.raw()).isEqualTo(Framing.parse("raw"));
        assertThat(Framing.lengthPrefixed(LengthField.bigEndian(4))).isEqualTo(Framing.parse("len4be"));
        assertThat(Framing.lengthPrefixed(LengthField.bigEndian(1).keptAt(2).withTrailer(2)))
                .isEqualTo(Framing.parse("len1@2+2"));
        assertThat(Framing.lengthPrefixed(LengthField.littleEndian(2).countingWholeFrame()))
                .isEqualTo(Framing.parse("len2le!"));
    }

    @Test
    void framingsThatDifferAreNotEqual() {
        assertThat(Framing.parse("len4be")).isNotEqualTo(Framing.parse("len4le")).isNotEqualTo(Framing.parse("len4be@0"));
        assertThat(Framing.parse("delim:00")).isNotEqualTo(Framing.parse("delim:01"));
        assertThat(Framing.line()).isNotEqualTo(Framing.line().withMaxFrameBytes(1));
    }

    @ParameterizedTest
    @CsvSource({"len1be, len1", "len1le@3, len1@3", "delim:0D0A, crlf", "delim:Ff, delim:ff", "len4be+0, len4be",
        "fixed:007, fixed:7"})
    void oneFramingHasOneNotation(String written, String canonical) {
        assertThat(Framing.parse(written).notation()).isEqualTo(canonical);
        assertThat(Framing.parse(written)).isEqualTo(Framing.parse(canonical));
    }

    @ParameterizedTest
    @CsvSource({
        "lne, line", "LINE, line", "lin, line", "line@3, line", "lines, line", "clrf, crlf", "CRLF, crlf", "delim, delim:HEX",
        "delm:0a, delim:0a", "fxed:9, fixed:9", "fixed, fixed:N", "rw, raw", "len4, len4be", "len4eb, len4be",
        "len2@4, len2be@4", "le4be@4+4, len4be@4+4", "len5be, len1be", "Len4LE!, len4le!"
    })
    void unknownNameGetsTheNearestKnownOne(String typed, String suggested) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.parse(typed))
                .withMessage("unknown framing '%s'; did you mean %s?%s", typed, suggested, KNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "newline", "x", ":", "protobuf", "@2"})
    void nameLikeNoneKnownGetsTheListAlone(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.parse(typed))
                .withMessage("unknown framing '%s'%s", typed, KNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "delim:     | delimiter ''; allowed: 1 to 16 bytes in hex, two digits each, like 0d0a",
        "delim:0    | delimiter '0'; allowed: 1 to 16 bytes in hex, two digits each, like 0d0a",
        "delim:0x0a | delimiter '0x0a'; allowed: 1 to 16 bytes in hex, two digits each, like 0d0a",
        "fixed:     | size '' is not a number from 1 to 1073741824",
        "fixed:0    | size '0' is not a number from 1 to 1073741824",
        "fixed:-1   | size '-1' is not a number from 1 to 1073741824",
        "fixed:1073741825 | size '1073741825' is not a number from 1 to 1073741824",
        "fixed:4294967297 | size '4294967297' is not a number from 1 to 1073741824",
        "fixed:99999999999999999999 | size '99999999999999999999' is not a number from 1 to 1073741824",
        "len4be@    | not of the form len{1,2,3,4,8}{be,le}[@OFFSET][+TRAILER][!], like len4be or len1@2+2",
        "len4be+2@4 | not of the form len{1,2,3,4,8}{be,le}[@OFFSET][+TRAILER][!], like len4be or len1@2+2",
        "len4be@-1  | not of the form len{1,2,3,4,8}{be,le}[@OFFSET][+TRAILER][!], like len4be or len1@2+2",
        "len4be!!   | not of the form len{1,2,3,4,8}{be,le}[@OFFSET][+TRAILER][!], like len4be or len1@2+2",
        "len4be@65536 | offset '65536' is not a number from 0 to 65535",
        "len4be+65536 | trailer '65536' is not a number from 0 to 65535",
    })
    void badArgumentIsNamedWithWhatIsAllowed(String notation, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.parse(notation))
                .withMessage("framing '%s': %s", notation, message);
    }

    @Test
    void delimiterHasOneToSixteenBytes() {
        assertThat(Framing.parse("delim:" + "ab".repeat(16)).notation()).isEqualTo("delim:" + "ab".repeat(16));
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.parse("delim:" + "ab".repeat(17)));
        assertThatIllegalArgumentException()
                .isThrownBy(Framing::delimited)
                .withMessage("delimiter of 0 bytes; allowed: 1 to 16 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.delimited(new byte[17]))
                .withMessage("delimiter of 17 bytes; allowed: 1 to 16 bytes");
    }

    @Test
    void delimiterDoesNotChangeWithTheCallersArray() throws FramingException {
        byte[] delimiter = {';'};
        Framing framing = Framing.delimited(delimiter);

        delimiter[0] = 'x';

        assertThat(Wire.frames(framing, Wire.bytes("axb;"))).containsExactly("axb");
    }

    @Test
    void sizeOfFixedFramesHasARange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.fixed(0))
                .withMessage("size 0 is out of range: 1 to 1073741824");
    }

    @Test
    void lengthFieldNamesWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthField.bigEndian(5))
                .withMessage("length field of 5 bytes; allowed: 1, 2, 3, 4, 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthField.bigEndian(4).keptAt(-1))
                .withMessage("offset of -1 bytes; allowed: 0 to 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthField.bigEndian(4).withTrailer(65_536))
                .withMessage("trailer of 65536 bytes; allowed: 0 to 65535");
    }
}

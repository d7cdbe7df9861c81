package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotationTest {

    private static final String KNOWN =
            " known: line, crlf, cr, nul, delim:HEX, between:HEX/HEX, stxetx, fixed:N,"
                    + " len{1,2,3,4,8}{be,le}[@OFFSET][+TRAILER][!], varint, gap:TIME, slip, cobs, raw, modbus, mllp, scpi,"
                    + " magic:HEX,FRAMING, FRAMING~CHECKSUM";
    private static final String KNOWN_CHECKSUMS = "known: crc16-arc, crc16-ccitt, crc16-kermit, crc16-modbus, crc16-x25,"
            + " crc16-xmodem, crc32, crc32c, each also with -le or -be";

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
        assertThat(Framing.cr()).isEqualTo(Framing.parse("cr"));
        assertThat(Framing.nul()).isEqualTo(Framing.parse("nul")).isEqualTo(Framing.delimited((byte) 0));
        assertThat(Framing.between(Wire.bytes("<"), Wire.bytes("/>"))).isEqualTo(Framing.parse("between:3c/2f3e"));
        assertThat(Framing.stxetx()).isEqualTo(Framing.parse("stxetx"));
        assertThat(Framing.varint()).isEqualTo(Framing.parse("varint"));
        assertThat(Framing.gap(Duration.ofMillis(20))).isEqualTo(Framing.parse("gap:20ms"));
        assertThat(Framing.slip()).isEqualTo(Framing.parse("slip"));
        assertThat(Framing.cobs()).isEqualTo(Framing.parse("cobs"));
        assertThat(Framing.modbus()).isEqualTo(Framing.parse("modbus")).isEqualTo(Framing.parse("len2be@4"));
        assertThat(Framing.mllp()).isEqualTo(Framing.parse("mllp"));
        assertThat(Framing.scpi()).isEqualTo(Framing.parse("scpi"));
    }

    @Test
    void wrappedFramingsEqualTheirNotations() {
        Framing tracker = Framing.parse("len1@2+2");
        byte[] magic = Wire.bytes("xx");

        assertThat(Framing.magic(magic, tracker)).isEqualTo(Framing.parse("magic:7878,len1@2+2"));
        assertThat(Framing.checked(tracker, Crc.CRC32)).isEqualTo(Framing.parse("len1@2+2~crc32"));
        assertThat(Framing.checked(tracker, Crc.CRC32.littleEndian())).isEqualTo(Framing.parse("len1@2+2~crc32-le"));
        assertThat(Framing.magic(magic, Framing.checked(tracker, Crc.CRC32)))
                .isEqualTo(Framing.checked(Framing.magic(magic, tracker), Crc.CRC32))
                .isEqualTo(Framing.parse("magic:7878,len1@2+2~crc32"));
    }

    @Test
    void framingsThatDifferAreNotEqual() {
        assertThat(Framing.parse("len4be")).isNotEqualTo(Framing.parse("len4le")).isNotEqualTo(Framing.parse("len4be@0"));
        assertThat(Framing.parse("delim:00")).isNotEqualTo(Framing.parse("delim:01"));
        assertThat(Framing.line()).isNotEqualTo(Framing.line().withMaxFrameBytes(1));
    }

    @ParameterizedTest
    @CsvSource({"len1be, len1", "len1le@3, len1@3", "delim:0D0A, crlf", "delim:Ff, delim:ff", "len4be+0, len4be",
        "fixed:007, fixed:7", "delim:0d, cr", "delim:00, nul", "between:02/03, stxetx", "between:0B/1C0D, mllp",
        "modbus, len2be@4", "gap:1000ms, gap:1s", "gap:1500ms, gap:1500ms", "gap:060s, gap:60s", "'magic:AB,cr', 'magic:ab,cr'",
        "len1be~crc32-be, len1~crc32", "len1~crc16-modbus-le, len1~crc16-modbus"})
    void oneFramingHasOneNotation(String written, String canonical) {
        assertThat(Framing.parse(written).notation()).isEqualTo(canonical);
        assertThat(Framing.parse(written)).isEqualTo(Framing.parse(canonical));
    }

    @ParameterizedTest
    @CsvSource({
        "lne, line", "LINE, line", "lin, line", "line@3, line", "lines, line", "clrf, crlf", "CRLF, crlf", "delim, delim:HEX",
        "delm:0a, delim:0a", "fxed:9, fixed:9", "fixed, fixed:N", "rw, raw", "len4, len4be", "len4eb, len4be",
        "len2@4, len2be@4", "le4be@4+4, len4be@4+4", "len5be, len1be", "Len4LE!, len4le!", "nl, nul", "cx, cr",
        "betwen:02/03, between:02/03", "between, between:HEX/HEX", "stx, stxetx", "var, varint", "gap, gap:TIME",
        "gab:5ms, gap:5ms", "slop, slip", "scp, scpi", "mlp, mllp", "modbsu, modbus", "magic, 'magic:HEX,FRAMING'",
        "'majic:78,line', 'magic:78,line'"
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
                .withMessage("unknown framing '%s';%s", typed, KNOWN);
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
        "between:02   | not of the form between:HEX/HEX, a start mark and an end mark like between:02/03",
        "between:/03  | start mark ''; allowed: 1 to 16 bytes in hex, two digits each, like 0d0a",
        "between:02/3 | end mark '3'; allowed: 1 to 16 bytes in hex, two digits each, like 0d0a",
        "gap:20       | not of the form gap:TIME with a time from 1ms to 60s, like gap:20ms",
        "gap:0ms      | gap 0s is out of range: whole milliseconds from 1ms to 60s",
        "gap:61s      | gap 1m1s is out of range: whole milliseconds from 1ms to 60s",
        "magic:7878   | not of the form magic:HEX,FRAMING, the first bytes of every frame of a framing, like magic:7878,len1@2+2",
        "magic:,line  | magic ''; allowed: 1 to 16 bytes in hex, two digits each, like 0d0a",
        "magic:78,fixed:0 | framing 'fixed:0': size '0' is not a number from 1 to 1073741824",
        "magic:7878,len2be | the length field of len2be stands where the magic's 2 bytes do; did you mean len2be@2?",
        "magic:7878,len2be@1 | the length field of len2be@1 stands where the magic's 2 bytes do; did you mean len2be@2?",
        "magic:78,slip | frames of slip don't begin with bytes of the payload",
        "magic:78,raw  | frames of raw don't begin with bytes of the payload",
        "line~crc32    | frames of line can't hold every byte, so they can't hold crc32; use a length, fixed, gap, slip or cobs",
        "magic:24,crlf~crc32 | frames of magic:24,crlf can't hold every byte, so they can't hold crc32; use a length, fixed, gap, slip or cobs",
        "fixed:4~crc32 | frames of fixed:4, at most 4 bytes, have no room for a payload and 4 bytes of crc32",
        "len4be@~crc32 | framing 'len4be@': not of the form len{1,2,3,4,8}{be,le}[@OFFSET][+TRAILER][!], like len4be or len1@2+2",
    })
    void badArgumentIsNamedWithWhatIsAllowed(String notation, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.parse(notation))
                .withMessage("framing '%s': %s", notation, message);
    }

    @Test
    void unknownChecksumGetsTheNearestKnownOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.parse("len1~crc16-mdobus-be")).withMessage(
                "framing 'len1~crc16-mdobus-be': unknown checksum 'crc16-mdobus-be'; did you mean crc16-modbus-be? "
                        + KNOWN_CHECKSUMS);
        assertThatIllegalArgumentException().isThrownBy(() -> Checksum.parse("CRC32")).withMessage(
                "unknown checksum 'CRC32'; did you mean crc32? " + KNOWN_CHECKSUMS);
        assertThatIllegalArgumentException().isThrownBy(() -> Checksum.parse("")).withMessage(
                "unknown checksum ''; " + KNOWN_CHECKSUMS);
    }

    @Test
    void unknownNameInsideAnotherFramingIsNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.parse("magic:78,lne~crc32")).withMessage(
                "framing 'magic:78,lne~crc32': framing 'magic:78,lne': unknown framing 'lne'; did you mean line?" + KNOWN);
    }

    /** Framings inside framings are read by recursion: a longer notation would exhaust the stack. */
    @Test
    void notationHasAtMost256Characters() {
        String longest = "magic:24,".repeat(28) + "crlf";

        assertThat(longest).hasSize(256);
        assertThat(Framing.parse(longest).notation()).isEqualTo(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.parse("len1" + "~crc16-arc".repeat(20_000)))
                .withMessage("framing of 200004 characters; allowed: at most 256");
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.parse("x".repeat(257)));
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

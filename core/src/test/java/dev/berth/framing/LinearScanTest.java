package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work is counted, not timed: a framing looks at the bytes after {@link FrameCursor#scanned()}, and at no other. */
class LinearScanTest {

    private static final int MIB = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({
        "line, 1", "delim:00, 1", "crlf, 2", "delim:61616162, 4", "delim:61616161616161616161616161616162, 16", "stxetx, 1",
        "mllp, 2", "slip, 1", "cobs, 1", "scpi, 1",
    })
    void frameOfOneMebibyteInOneByteStepsIsLookedAtOnce(String notation, int delimiterBytes) throws FramingException {
        Framing framing = Framing.parse(notation).withMaxFrameBytes(MIB);
        String payload = "a".repeat(MIB);
        byte[] stream = Wire.sealed(framing, payload);
        FrameCursor cursor = new FrameCursor();

        long looked = 0;
        for (int to = 1; to < stream.length; to++) {
            cursor.over(stream, 0, to);
            looked += cursor.available() - cursor.scanned();
            assertThat(framing.next(cursor)).isFalse();
        }
        cursor.over(stream, 0, stream.length);

        assertThat(framing.next(cursor)).isTrue();
        assertThat(cursor.end() - cursor.start()).isEqualTo(MIB);
        assertThat(looked).isLessThanOrEqualTo((long) stream.length * delimiterBytes);
    }

    @ParameterizedTest
    @CsvSource({
        // what a framing may look at again: a half escape, a half block header
        "slip, \\333, 2", "slip, \\300, 2", "cobs, \\0, 1", "scpi, #, 1", "scpi, ' #9', 12", "scpi, ',#1', 12",
        "scpi, '#17\n\n\n\n\n\n\n,', 12",
    })
    void payloadOfNothingButSpecialBytesIsLinearToo(String notation, String escaped, int looksAtEach) throws FramingException {
        String special = escaped.translateEscapes();
        Framing framing = Framing.parse(notation).withMaxFrameBytes(MIB);
        byte[] stream = Wire.sealed(framing, special.repeat(MIB / 8 / special.length()));
        FrameCursor cursor = new FrameCursor();

        long looked = 0;
        for (int to = 1; to < stream.length; to++) {
            cursor.over(stream, 0, to);
            looked += cursor.available() - cursor.scanned();
            assertThat(framing.next(cursor)).isFalse();
        }
        cursor.over(stream, 0, stream.length);

        assertThat(framing.next(cursor)).isTrue();
        assertThat(cursor.end() - cursor.start()).isEqualTo(MIB / 8 / special.length() * special.length());
        assertThat(looked).isLessThanOrEqualTo((long) stream.length * looksAtEach);
    }

    @ParameterizedTest
    @CsvSource({"slip, 192", "cobs, 0"})
    void emptyFramesThatAreSkippedAreLookedAtOnce(String notation, int end) throws FramingException {
        Framing framing = Framing.parse(notation).withMaxFrameBytes(MIB);
        byte[] stream = new byte[MIB];
        Arrays.fill(stream, (byte) end);
        FrameCursor cursor = new FrameCursor();

        for (int to = 1; to <= MIB; to++) {
            cursor.over(stream, 0, to);
            assertThat(cursor.available() - cursor.scanned()).isEqualTo(1);
            assertThat(framing.next(cursor)).isFalse();
        }
        assertThat(cursor.dropSkipped()).isEqualTo(MIB);
    }

    @ParameterizedTest
    @CsvSource({"line, 1", "scpi, 1", "delim:0a, 1", "crlf, 2", "delim:0a0a0a0a, 4"})
    void bytesScannedOnceAreNotLookedAtAgain(String notation, int delimiterBytes) throws FramingException {
        Framing framing = Framing.parse(notation);
        byte[] stream = new byte[1000];
        FrameCursor cursor = new FrameCursor();
        cursor.over(stream, 0, 900);
        assertThat(framing.next(cursor)).isFalse();
        assertThat(cursor.scanned()).isEqualTo(900 - delimiterBytes + 1);

        Arrays.fill(stream, 0, cursor.scanned(), (byte) '\n');
        Arrays.fill(stream, 0, 2, (byte) '\r');
        cursor.over(stream, 0, 1000);

        assertThat(framing.next(cursor)).as("a delimiter planted where it was scanned").isFalse();
    }

    @Test
    void progressSurvivesThatTheBytesMove() throws FramingException {
        FrameCursor cursor = new FrameCursor();
        cursor.over(Wire.bytes("....hello"), 4, 9);
        assertThat(Framing.line().next(cursor)).isFalse();

        cursor.over(Wire.bytes("hello you\n"), 0, 10);

        assertThat(cursor.scanned()).isEqualTo(5);
        assertThat(Framing.line().next(cursor)).isTrue();
        assertThat(cursor.scanned()).isZero();
        assertThat(cursor.start()).isZero();
        assertThat(cursor.end()).isEqualTo(9);
        assertThat(cursor.next()).isEqualTo(10);
    }
}

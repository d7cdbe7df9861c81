package dev.berth.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes between frames that belong to none: a caller may drop them, and may show them again. */
class SkippedBytesTest {

    private final FrameCursor cursor = new FrameCursor();

    @ParameterizedTest
    @CsvSource({"slip, \\300\\300ab, \\300", "cobs, \\0\\0\\3ab, \\0"})
    void droppedOrNotTheFrameIsTheSame(String notation, String escaped, String end) throws FramingException {
        Framing framing = Framing.parse(notation);
        byte[] begun = Wire.bytes(escaped.translateEscapes());
        byte[] whole = Wire.joined(begun, Wire.bytes(end.translateEscapes()));

        for (int first = 0; first <= begun.length; first++) {
            for (boolean drops : new boolean[] {true, false}) {
                cursor.reset();
                byte[] bytes = whole.clone();
                cursor.over(bytes, 0, first);
                assertThat(framing.next(cursor)).isFalse();
                int from = drops ? cursor.dropSkipped() : 0;
                assertThat(from).isEqualTo(drops ? Math.min(first, 2) : 0);

                cursor.over(bytes, from, bytes.length);

                assertThat(framing.next(cursor)).isTrue();
                assertThat(new String(bytes, cursor.start(), cursor.end() - cursor.start(), UTF_8))
                        .isEqualTo("ab");
                assertThat(cursor.next()).isEqualTo(bytes.length);
                assertThat(cursor.skipped()).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"slip, 192", "cobs, 0"})
    void droppedOnesAreNotLimited(String notation, int end) throws FramingException {
        Framing framing = Framing.parse(notation).withMaxFrameBytes(10);
        byte[] stream = new byte[1000];
        Arrays.fill(stream, (byte) end);

        for (int from = 0; from < stream.length; from += 10) {
            cursor.over(stream, from, from + 10);
            assertThat(framing.next(cursor)).isFalse();
            assertThat(cursor.dropSkipped()).isEqualTo(from + 10);
        }
    }

    /** Found by fuzzing: more than the maximum were refused when they arrived in one piece, and skipped in several. */
    @ParameterizedTest
    @CsvSource({"slip, 192", "cobs, 0"})
    void droppedOnesAreNotLimitedWhenAllArriveAtOnce(String notation, int end) throws FramingException {
        Framing framing = Framing.parse(notation).withMaxFrameBytes(10);
        byte[] stream = new byte[1000];
        Arrays.fill(stream, (byte) end);

        cursor.over(stream, 0, stream.length);

        assertThat(framing.next(cursor)).isFalse();
        assertThat(cursor.dropSkipped()).isEqualTo(stream.length);
    }

    @Test
    void nothingToDropIsHarmless() throws FramingException {
        cursor.over(Wire.bytes("..abc"), 2, 5);
        assertThat(Framing.line().next(cursor)).isFalse();

        assertThat(cursor.dropSkipped()).isEqualTo(2);
        assertThat(cursor.dropSkipped()).isEqualTo(2);
        assertThat(cursor.scanned()).isEqualTo(3);
    }
}

package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapTest {

    private final FrameCursor cursor = new FrameCursor();
    private final byte[] bytes = Wire.bytes(".hello.");

    @Test
    void silenceEndsAFrameAndNothingElseDoes() throws FramingException {
        Framing gap = Framing.parse("gap:20ms");
        for (int to = 1; to <= 6; to++) {
            cursor.over(bytes, 1, to);
            assertThat(gap.next(cursor)).isFalse();
        }

        cursor.silence(true);

        assertThat(gap.next(cursor)).isTrue();
        assertThat(cursor.start()).isEqualTo(1);
        assertThat(cursor.end()).isEqualTo(6);
        assertThat(cursor.next()).isEqualTo(6);
    }

    @Test
    void silenceHoldsForTheBytesShownOnly() throws FramingException {
        cursor.over(bytes, 1, 6);
        cursor.silence(true);
        cursor.over(bytes, 1, 7);

        assertThat(cursor.isSilent()).isFalse();
        assertThat(Framing.parse("gap:20ms").next(cursor)).isFalse();
        cursor.silence(true);
        cursor.silence(false);
        assertThat(Framing.parse("gap:20ms").next(cursor)).isFalse();
        cursor.silence(true);
        cursor.reset();
        assertThat(cursor.isSilent()).isFalse();
    }

    @Test
    void silenceWithoutBytesIsNoFrame() throws FramingException {
        cursor.over(bytes, 1, 1);
        cursor.silence(true);

        assertThat(Framing.parse("gap:20ms").next(cursor)).isFalse();
    }

    @Test
    void silenceChangesNothingForOtherFramings() throws FramingException {
        cursor.over(bytes, 1, 6);
        cursor.silence(true);

        assertThat(Framing.line().next(cursor)).isFalse();
        assertThat(Framing.line().silence()).isEmpty();
        assertThat(Framing.parse("magic:78,len1@1~crc32").silence()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"gap:20ms", "'magic:68,gap:20ms'", "gap:20ms~crc16-modbus", "'magic:68,gap:20ms~crc16-modbus'"})
    void framingSaysHowLongTheSilenceIs(String notation) {
        assertThat(Framing.parse(notation).silence()).contains(Duration.ofMillis(20));
    }

    @Test
    void maximumIsExact() throws FramingException {
        Framing limited = Framing.parse("gap:20ms").withMaxFrameBytes(5);
        cursor.over(bytes, 1, 6);
        cursor.silence(true);
        assertThat(limited.next(cursor)).isTrue();

        cursor.over(bytes, 1, 7);

        assertThatExceptionOfType(FramingException.class).isThrownBy(() -> limited.next(cursor))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FramingException.Kind.TOO_LARGE));
    }

    @Test
    void magicThatIsCutShortBySilenceIsMalformed() throws FramingException {
        Framing framing = Framing.parse("magic:6865,gap:20ms");
        cursor.over(bytes, 1, 2);
        assertThat(framing.next(cursor)).isFalse();

        cursor.silence(true);

        assertThatExceptionOfType(FramingException.class).isThrownBy(() -> framing.next(cursor))
                .withMessage("frame begins with \"h\", not with the magic 6865");
    }

    @Test
    void gapHasARange() {
        assertThat(Framing.gap(Duration.ofMillis(1)).notation()).isEqualTo("gap:1ms");
        assertThat(Framing.gap(Duration.ofSeconds(60)).notation()).isEqualTo("gap:60s");
        for (Duration outside : new Duration[] {
            Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(1_500_000), Duration.ofMillis(60_001), Duration.ofSeconds(Long.MAX_VALUE / 2)
        }) {
            assertThatIllegalArgumentException().isThrownBy(() -> Framing.gap(outside))
                    .withMessage("gap %s is out of range: whole milliseconds from 1ms to 60s", outside.toString().substring(2).toLowerCase(Locale.ROOT));
        }
    }
}

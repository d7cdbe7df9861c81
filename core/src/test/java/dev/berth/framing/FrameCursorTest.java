package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameCursorTest {

    private final FrameCursor cursor = new FrameCursor();

    @Test
    void startsEmpty() throws FramingException {
        assertThat(cursor.available()).isZero();
        assertThat(Framing.line().next(cursor)).isFalse();
        assertThat(Framing.raw().next(cursor)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 4", "2, 1, 4", "3, 4, 3", "3, 8, 9", "2, 2, 2"})
    void frameOutsideTheBytesOrWithoutProgressIsRefused(int start, int end, int next) {
        cursor.over(new byte[10], 2, 8);

        assertThatIllegalStateException()
                .isThrownBy(() -> cursor.found(start, end, next))
                .withMessage("frame [%d, %d) up to %d is not inside the bytes [2, 8)", start, end, next);
    }

    @Test
    void emptyFrameThatConsumesBytesIsAFrame() {
        cursor.over(new byte[10], 2, 8);

        cursor.found(2, 2, 3);

        assertThat(cursor.next()).isEqualTo(3);
    }

    @Test
    void boundsAndProgressAreChecked() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cursor.over(new byte[3], 1, 4));
        cursor.over(new byte[10], 2, 8);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cursor.scanned(7));
        cursor.scanned(6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursor.over(new byte[10], 2, 7))
                .withMessage("only 5 bytes, but 6 of this frame were scanned");
    }

    @Test
    void resetForgetsEverything() {
        cursor.over(new byte[10], 2, 8);
        cursor.scanned(6);

        cursor.reset();

        assertThat(cursor.available()).isZero();
        assertThat(cursor.scanned()).isZero();
        assertThat(cursor.bytes()).isEmpty();
    }

    @Test
    void progressAndSkippedBytesEndWithTheFrameAndWithReset() {
        Runnable begin = () -> {
            cursor.over(new byte[10], 2, 8);
            cursor.scanned(6);
            cursor.skipped(3);
            cursor.progress(-7);
        };
        begin.run();
        assertThat(cursor.progress()).isEqualTo(-7);
        assertThat(cursor.skipped()).isEqualTo(3);

        cursor.found(5, 8, 8);

        assertThat(cursor.progress()).isZero();
        assertThat(cursor.skipped()).isZero();
        begin.run();
        cursor.reset();
        assertThat(cursor.progress()).isZero();
        assertThat(cursor.skipped()).isZero();
    }

    @Test
    void onlyScannedBytesCanBeSkippedAndDropped() {
        cursor.over(new byte[10], 2, 8);
        cursor.scanned(4);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cursor.skipped(5));
        cursor.skipped(4);

        assertThat(cursor.dropSkipped()).isEqualTo(6);

        assertThat(cursor.from()).isEqualTo(6);
        assertThat(cursor.scanned()).isZero();
        assertThat(cursor.skipped()).isZero();
    }
}

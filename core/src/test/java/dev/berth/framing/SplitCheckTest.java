package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitCheckTest {

    @ParameterizedTest
    @MethodSource("dev.berth.framing.Sample#all")
    void everySplitGivesTheSameFrames(Sample sample) throws FramingException {
        assertThat(sample.bytes()).as("short enough for all splits").hasSizeLessThanOrEqualTo(64);

        SplitCheck.check(Framing.parse(sample.framing()), sample.bytes(), sample.frames());
    }

    @Test
    void rawDeliversEveryByteOnceInOrder() throws FramingException {
        byte[] stream = Wire.bytes("any\nbytes\r\n\0");

        assertThat(Wire.frames(Framing.raw(), stream)).containsExactly("any\nbytes\r\n\0");
        assertThat(String.join("", Wire.framesByteByByte(Framing.raw(), stream))).isEqualTo("any\nbytes\r\n\0");
        assertThat(Wire.frames(Framing.raw().withMaxFrameBytes(5), stream)).containsExactly("any\nb", "ytes\r", "\n\0");
    }

    /** The check itself is proved by framings with one bug each. */
    @Nested
    class Notices {

        @Test
        void aLineThatForgetsItsCarriageReturnAtASplit() {
            requireNoticed("abc\r\ndef\n", List.of("abc", "def"), "split at 4", cursor -> {
                int lf = ByteScan.indexOf(cursor.bytes(), cursor.from() + cursor.scanned(), cursor.to(), (byte) '\n');
                if (lf < 0) {
                    cursor.scanned(cursor.available());
                    return false;
                }
                boolean seenNow = lf > cursor.from() + cursor.scanned();
                int end = seenNow && cursor.bytes()[lf - 1] == '\r' ? lf - 1 : lf;
                cursor.found(cursor.from(), end, lf + 1);
                return true;
            });
        }

        @Test
        void aDelimiterThatIsLostWhenItsHalvesArriveApart() {
            requireNoticed("abc\r\n", List.of("abc"), "split at 4", cursor -> {
                int at = Delimiter.CRLF.indexIn(cursor.bytes(), cursor.from() + cursor.scanned(), cursor.to());
                if (at < 0) {
                    cursor.scanned(cursor.available());
                    return false;
                }
                cursor.found(cursor.from(), at, at + 2);
                return true;
            });
        }

        @Test
        void aFrameThatWaitsForOneByteTooMany() {
            requireNoticed("abcabc", List.of("abc", "abc"), "in one piece", cursor -> {
                if (cursor.available() <= 3) {
                    return false;
                }
                cursor.found(cursor.from(), cursor.from() + 3, cursor.from() + 3);
                return true;
            });
        }

        @Test
        void aFrameThatEndsOneByteTooSoon() {
            Framing eager = new Planted(cursor -> {
                if (cursor.available() < 2) {
                    return false;
                }
                cursor.found(cursor.from(), cursor.from() + 3, cursor.from() + 3);
                return true;
            });

            assertThatThrownBy(() -> SplitCheck.check(eager, Wire.bytes("abc"), List.of("abc")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is not inside the bytes");
        }

        private static void requireNoticed(String stream, List<String> frames, String where, Finder buggy) {
            assertThatThrownBy(() -> SplitCheck.check(new Planted(buggy), Wire.bytes(stream), frames))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(where);
        }
    }

    /** How a framing with a bug finds frames. */
    @FunctionalInterface
    private interface Finder {

        boolean next(FrameCursor cursor);
    }

    private record Planted(Finder finder) implements Framing {

        @Override
        public String notation() {
            return "planted";
        }

        @Override
        public int maxFrameBytes() {
            return 100;
        }

        @Override
        public Framing withMaxFrameBytes(int max) {
            return this;
        }

        @Override
        public boolean next(FrameCursor cursor) {
            return finder.next(cursor);
        }

        @Override
        public void seal(FrameWriter frame) {
            throw new UnsupportedOperationException();
        }
    }
}

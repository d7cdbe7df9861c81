package dev.berth.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameViewTest {

    private final byte[] bytes = Wire.bytes("..ab\377..");
    private final FrameView view = FrameView.of(bytes, 2, 5);

    @Test
    void seesItsOwnBytesOnly() {
        assertThat(view.length()).isEqualTo(3);
        assertThat(view.get(0)).isEqualTo((byte) 'a');
        assertThat(view.get(2)).isEqualTo((byte) -1);
        assertThat(view.unsigned(2)).isEqualTo(255);
        assertThat(view.toByteArray()).isEqualTo(Wire.bytes("ab\377"));
        assertThat(view.text(ISO_8859_1)).isEqualTo("ab\u00ff");
        assertThat(view.text(US_ASCII)).isEqualTo("ab\ufffd");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> view.get(3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> view.get(-1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> FrameView.of(bytes, 2, 8));
    }

    @Test
    void copiesIntoAnArray() {
        byte[] target = new byte[5];

        view.copyTo(target, 1);

        assertThat(target).isEqualTo(Wire.bytes("\0ab\377\0"));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> view.copyTo(target, 3));
    }

    @Test
    void bufferSharesTheBytesAndShowsNoOthers() {
        ByteBuffer buffer = view.asByteBuffer();
        bytes[2] = 'X';

        assertThat(buffer.capacity()).isEqualTo(3);
        assertThat(buffer.get(0)).isEqualTo((byte) 'X');
        assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> buffer.put(0, (byte) 1));
    }

    @Test
    void isDeadOnceExpired() {
        assertThat(view.isExpired()).isFalse();

        view.expire();
        view.expire();

        assertThat(view.isExpired()).isTrue();
        List<ThrowingCallable> uses = List.of(
                view::length, () -> view.get(0), () -> view.unsigned(0), view::toByteArray, () -> view.text(UTF_8), view::utf8,
                view::asByteBuffer, () -> view.copyTo(new byte[9], 0));
        assertThat(uses).allSatisfy(use -> assertThatIllegalStateException().isThrownBy(use)
                .withMessage("frame view used after its frame was done: keep toByteArray() or a text instead"));
    }

    @Nested
    class Utf8 {

        @ParameterizedTest
        @ValueSource(strings = {
            "", "plain", "gr\u00fc\u00dfe", "\u20ac", "\ud83d\ude00", "\ufffd", "a\ufffdb", "\0", "\u007f\u0080\u07ff\u0800\uffff",
            "\ud7ff\ue000", "\ud800\udc00\udbff\udfff"
        })
        void whatIsUtf8IsRead(String text) throws FramingException {
            assertThat(FrameView.of(text.getBytes(UTF_8)).utf8()).isEqualTo(text);
        }

        /** Bytes in octal escapes, and the position of the first that is wrong. */
        @ParameterizedTest
        @CsvSource({
            // overlong: a short character written long, the old way around filters
            "a\\300\\257, 1", "\\300\\200, 0", "\\301\\277, 0", "ab\\340\\200\\257, 2", "\\340\\237\\277, 0",
            "\\360\\200\\200\\257, 0", "\\360\\217\\277\\277, 0",
            // surrogates, halves and pairs
            "\\355\\240\\200, 0", "x\\355\\257\\277, 1", "\\355\\260\\200, 0", "\\355\\277\\277, 0",
            "\\355\\240\\275\\355\\270\\200, 0",
            // truncated
            "abc\\303, 3", "\\342\\202, 0", "\\342, 0", "ab\\360\\237\\230, 2", "\\342\\202x, 0", "\\303\\303\\274, 0",
            // continuation without a start, bytes that never occur, above U+10FFFF
            "\\200, 0", "a\\277b, 1", "\\376, 0", "\\377, 0", "\\364\\220\\200\\200, 0", "\\365\\200\\200\\200, 0",
            "\\370\\210\\200\\200\\200, 0",
            // behind a replacement character that is meant
            "\\357\\277\\275\\200, 3",
        })
        void whatIsNotUtf8IsRefusedAtItsFirstByte(String escaped, int position) {
            byte[] bytes = Wire.bytes(escaped.translateEscapes());
            String expected = "byte 0x%02x at position %d is not UTF-8".formatted(bytes[position], position);

            assertThatExceptionOfType(FramingException.class)
                    .isThrownBy(() -> FrameView.of(bytes).utf8())
                    .withMessageStartingWith(expected)
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(FramingException.Kind.MALFORMED))
                    .satisfies(e -> assertThat(e.size()).isEqualTo(-1))
                    .satisfies(e -> assertThat(e.limit()).isEqualTo(-1));
        }

        @Test
        void positionIsRightFarIntoALongText() {
            byte[] bytes = Wire.bytes("x".repeat(10_000) + "\200" + "y".repeat(10_000));

            assertThatExceptionOfType(FramingException.class)
                    .isThrownBy(() -> FrameView.of(bytes).utf8())
                    .withMessageStartingWith("byte 0x80 at position 10000 is not UTF-8, first bytes \"xxxxxxxxxxxxxxxx\"");
        }

        @Test
        void positionCountsFromTheFramesFirstByte() {
            assertThatExceptionOfType(FramingException.class)
                    .isThrownBy(() -> FrameView.of(Wire.bytes("\303\274xx\200"), 3, 5).utf8())
                    .withMessageStartingWith("byte 0x80 at position 1 ");
        }
    }
}

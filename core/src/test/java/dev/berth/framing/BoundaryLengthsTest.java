package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FAULTS B2: lengths around every boundary, in every size, order and shape, judged as exact arithmetic judges them. */
class BoundaryLengthsTest {
    private static final List<String> SIZES = List.of("1", "2be", "2le", "3be", "3le", "4be", "4le", "8be", "8le");
    private static final List<Integer> MAXIMA = List.of(131_070, 131_071, 1 << 20, FrameSize.LARGEST - 1, FrameSize.LARGEST);

    @ParameterizedTest
    // Nothing around the body; a header and a trailer delivered; as many of both as there may be; and counted all.
    @ValueSource(strings = {"", "!", "+2", "+2!", "@4", "@2+2", "@2+2!", "+65535", "@65000+65", "@65000+65!", "@4!"})
    void isAllowedExactlyIfTheFrameItMakesIs(String shape) {
        for (var size : SIZES) {
            for (int max : MAXIMA) {
                var framing = (LengthPrefixedFraming) Framing.parse("len" + size + shape).withMaxFrameBytes(max);
                for (var length : boundaries(framing)) {
                    assertThat(judgement(framing, length)).as("%s of at most %d bytes, length %s", framing.notation(), max, length)
                            .isEqualTo(expected(framing, length));
                }
            }
        }
    }

    @Test
    void theTableHasTheBoundariesThatItIsFor() {
        var framing = (LengthPrefixedFraming) Framing.parse("len8be").withMaxFrameBytes(1 << 20);

        assertThat(boundaries(framing)).extracting(BigInteger::toString).contains("0", "1048575", "1048576", "1048577",
                "2147483647", "2147483648", "2147483649", "4294967295", "4294967296", "4294967297", "9223372036854775807",
                "9223372036854775808", "18446744073709551615");
    }

    private enum Judgement {
        TOO_SMALL,
        ALLOWED,
        TOO_LARGE
    }

    private static Judgement expected(LengthPrefixedFraming framing, BigInteger length) {
        var field = framing.field();
        var onWire = length.add(BigInteger.valueOf(field.countsWholeFrame() ? 0 : field.aroundBytes()));
        if (onWire.compareTo(BigInteger.valueOf(field.aroundBytes())) < 0) {
            return Judgement.TOO_SMALL;
        }
        var delivered = onWire.subtract(BigInteger.valueOf(field.isHeaderKept() ? 0 : field.headerBytes()));
        return delivered.compareTo(BigInteger.valueOf(framing.maxFrameBytes())) > 0 ? Judgement.TOO_LARGE : Judgement.ALLOWED;
    }

    private static Judgement judgement(LengthPrefixedFraming framing, BigInteger length) {
        var field = framing.field();
        byte[] value = new byte[field.bytes()];
        field.write(length.longValue(), value);
        byte[] header = new byte[field.headerBytes()];
        System.arraycopy(value, 0, header, field.offset(), value.length);
        try {
            Wire.frames(framing, header);
            return Judgement.ALLOWED;
        } catch (FramingException refused) {
            return refused.kind() == FramingException.Kind.TOO_LARGE ? Judgement.TOO_LARGE : Judgement.TOO_SMALL;
        }
    }

    /** 0, the field's own limits, 2^7 to 2^64, what the frame's parts and its maximum make of them; each, one below and one above. */
    private static Set<BigInteger> boundaries(LengthPrefixedFraming framing) {
        var field = framing.field();
        var around = new ArrayList<BigInteger>();
        for (long base : new long[] {0, field.headerBytes(), field.aroundBytes(), framing.maxFrameBytes(),
            framing.maxFrameBytes() - (long) field.aroundBytes(), framing.maxFrameBytes() + (long) field.aroundBytes(),
            framing.maxFrameBytes() + (long) field.headerBytes(), framing.maxFrameBytes() - (long) field.headerBytes(),
            framing.maxFrameBytes() - (long) field.trailerBytes()}) {
            around.add(BigInteger.valueOf(base));
        }
        for (int bits : new int[] {7, 8, 15, 16, 23, 24, 31, 32, 33, 62, 63, 64}) {
            around.add(BigInteger.ONE.shiftLeft(bits));
        }
        var largest = BigInteger.ONE.shiftLeft(Byte.SIZE * field.bytes()).subtract(BigInteger.ONE);
        var lengths = new TreeSet<BigInteger>();
        for (var base : around) {
            for (int more = -1; more <= 1; more++) {
                var length = base.add(BigInteger.valueOf(more));
                if (length.signum() >= 0 && length.compareTo(largest) <= 0) {
                    lengths.add(length);
                }
            }
        }
        return lengths;
    }
}

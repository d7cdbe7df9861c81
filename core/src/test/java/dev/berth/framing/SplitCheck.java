package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Proves that the way bytes arrive does not matter: every split of a stream gives the same frames. */
final class SplitCheck {

    private SplitCheck() {}

    /** Tries whole, all splits in two and three pieces, single bytes, and the stream twice in one piece. */
    static void check(Framing framing, byte[] stream, List<String> expected) throws FramingException {
        assertThat(Wire.frames(framing, stream)).as("in one piece").isEqualTo(expected);
        for (int i = 1; i < stream.length; i++) {
            assertThat(Wire.frames(framing, cut(stream, 0, i), cut(stream, i, stream.length)))
                    .as("split at %d", i).isEqualTo(expected);
        }
        for (int i = 1; i < stream.length; i++) {
            for (int j = i + 1; j < stream.length; j++) {
                assertThat(Wire.frames(framing, cut(stream, 0, i), cut(stream, i, j), cut(stream, j, stream.length)))
                        .as("split at %d and %d", i, j).isEqualTo(expected);
            }
        }
        assertThat(Wire.framesByteByByte(framing, stream)).as("byte by byte").isEqualTo(expected);

        List<String> twice = new ArrayList<>(expected);
        twice.addAll(expected);
        assertThat(Wire.frames(framing, Wire.joined(stream, stream))).as("twice in one piece").isEqualTo(twice);
    }

    private static byte[] cut(byte[] stream, int from, int to) {
        return Arrays.copyOfRange(stream, from, to);
    }
}

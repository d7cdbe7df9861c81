package dev.berth.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A framing may write over the frame it found, and over nothing else: the rest may belong to another framing. */
class UnpackInPlaceTest {

    @ParameterizedTest
    @MethodSource("dev.berth.framing.Sample#all")
    void bytesOfNoFrameFoundStayAsTheyCame(Sample sample) throws FramingException {
        Framing framing = Framing.parse(sample.framing());
        byte[] stream = sample.bytes();
        byte[] received = stream.clone();
        FrameCursor cursor = new FrameCursor();
        int from = 0;
        int to = 0;

        while (from < stream.length && to <= stream.length) {
            cursor.over(received, from, to);
            if (framing.next(cursor)) {
                from = cursor.next();
            } else {
                to++;
            }
            assertThat(rest(received, from)).isEqualTo(rest(stream, from));
        }
    }

    private static byte[] rest(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }
}

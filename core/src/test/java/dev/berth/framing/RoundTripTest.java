package dev.berth.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever can be sealed is received the same; payloads are made of the bytes that are easy to get wrong. */
class RoundTripTest {

    private static final int PAYLOADS = 20_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "line | a\\r\\n", "cr | a\\r\\n", "crlf | a\\r\\n", "nul | a\\0", "delim:616162 | ab", "between:6161/6261 | ab", "mllp | a\\13\\34\\r",
        "varint | a\\200\\1", "slip | \\300\\333\\334\\335", "cobs | a\\0\\1\\377", "scpi | #0123\\r\\n,'\"",
        "magic:61,line | a\\r\\n", "len1~crc16-modbus | ab", "slip~crc32 | a\\300\\333", "cobs~crc32c-le | a\\0",
    })
    void whateverIsSealedIsReceivedTheSame(String notation, String escaped) throws FramingException {
        byte[] alphabet = Wire.bytes(escaped.translateEscapes());
        Framing framing = Framing.parse(notation).withMaxFrameBytes(12);
        Random random = new Random(notation.hashCode());
        List<String> sent = new ArrayList<>();
        FrameWriter stream = new FrameWriter();

        for (int i = 0; i < PAYLOADS; i++) {
            byte[] payload = payload(random, alphabet);
            if (sealed(framing, payload, stream)) {
                sent.add(new String(payload, ISO_8859_1));
            }
        }

        assertThat(sent).hasSizeGreaterThan(PAYLOADS / 100);
        assertThat(received(framing, Wire.written(stream), random)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cobs", "varint", "slip"})
    void everySizeAroundABlockAndALengthByteIsReceivedTheSame(String notation) throws FramingException {
        Framing framing = Framing.parse(notation);
        for (int size : new int[] {1, 126, 127, 128, 129, 253, 254, 255, 256, 507, 508, 509, 510, 762, 763, 16_383, 16_384, 16_385}) {
            for (String end : new String[] {"x", "\0", "\0x", "x\0"}) {
                String payload = "x".repeat(size - 1) + end;
                assertThat(Wire.frames(framing, Wire.sealed(framing, payload))).containsExactly(payload);
            }
        }
    }

    /** Rows of the encyclopaedia's table about full blocks: 254 bytes take one code, and a zero behind them another. */
    @Test
    void cobsBlocksAreFullAt254Bytes() throws FramingException {
        String run = run(1, 254);

        requireCobs(run, "\377" + run);
        requireCobs("\0" + run, "\1\377" + run);
        requireCobs(run(1, 255), "\377" + run + "\2\377");
        requireCobs(run(2, 255) + "\0", "\377" + run(2, 255) + "\1\1");
        requireCobs(run(3, 255) + "\0\1", "\376" + run(3, 255) + "\2\1");
        // Some senders close a full block with an empty one.
        assertThat(Wire.frames(Framing.cobs().withMaxFrameBytes(254), Wire.bytes("\377" + run + "\1\0"))).containsExactly(run);
    }

    private static void requireCobs(String payload, String encoded) throws FramingException {
        assertThat(Wire.sealed(Framing.cobs(), payload)).isEqualTo(Wire.bytes(encoded + "\0"));
        assertThat(Wire.frames(Framing.cobs(), Wire.bytes(encoded + "\0"))).containsExactly(payload);
    }

    private static String run(int first, int last) {
        StringBuilder run = new StringBuilder();
        for (int value = first; value <= last; value++) {
            run.append((char) value);
        }
        return run.toString();
    }

    private static byte[] payload(Random random, byte[] alphabet) {
        byte[] payload = new byte[random.nextInt(9)];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return payload;
    }

    private static boolean sealed(Framing framing, byte[] payload, FrameWriter stream) {
        FrameWriter frame = new FrameWriter().put(payload);
        try {
            framing.seal(frame);
        } catch (IllegalArgumentException refused) {
            assertThat(Wire.written(frame)).as("left as it was").isEqualTo(payload);
            return false;
        }
        stream.put(frame.array(), frame.offset(), frame.length());
        return true;
    }

    private static List<String> received(Framing framing, byte[] stream, Random random) throws FramingException {
        Wire wire = new Wire(framing);
        for (int at = 0; at < stream.length;) {
            int to = Math.min(stream.length, at + 1 + random.nextInt(40));
            wire.receive(Arrays.copyOfRange(stream, at, to));
            at = to;
        }
        return wire.frames();
    }
}

package dev.berth.cli.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;

/**
 * The messages of a run, framed once and shared by all connections. There are several, sent in turn, so that an answer that is
 * lost, doubled or another client's is not taken for the right one.
 *
 * <p>Thread-safety: immutable.
 */
final class Messages {
    private static final int VARIANTS = 16;
    private static final int LETTERS = 26;
    /** About what a connection sends at once. */
    private static final int RUN_BYTES = 32 << 10;

    private final List<ByteBuffer> payloads = new ArrayList<>();
    private final List<ByteBuffer> wires = new ArrayList<>();
    /** The frames one behind another, so often that a run of them may begin with any variant. */
    private final byte[] stream;
    /** Where each of them begins; the last one is where the stream ends. */
    private final int[] begins;
    private final int longestRun;

    /**
     * Messages as this load frames them.
     *
     * @throws IllegalArgumentException where its framing can't hold them
     */
    Messages(Load load) {
        for (int variant = 0; variant < VARIANTS; variant++) {
            byte[] payload = payload(variant, load.messageBytes());
            payloads.add(ByteBuffer.wrap(payload).asReadOnlyBuffer());
            wires.add(ByteBuffer.wrap(sealed(payload, load.framings().out())));
        }
        longestRun = Math.max(1, RUN_BYTES / wireBytes());
        begins = new int[VARIANTS + longestRun + 1];
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int number = 0; number < begins.length; number++) {
            begins[number] = frames.size();
            frames.writeBytes(wire(number).array());
        }
        stream = frames.toByteArray();
    }

    /** Sends so many messages from this number on. */
    void send(long first, int count, OutputStream target) throws IOException {
        for (int sent = 0; sent < count; ) {
            int variant = (int) ((first + sent) % VARIANTS);
            int run = Math.min(count - sent, longestRun);
            target.write(stream, begins[variant], begins[variant + run] - begins[variant]);
            sent += run;
        }
    }

    /** The message of this number; not to be read by its position. */
    ByteBuffer payload(long number) {
        return payloads.get((int) (number % VARIANTS));
    }

    /** The message of this number as it stands on the wire; not to be changed, and not to be read by its position. */
    ByteBuffer wire(long number) {
        return wires.get((int) (number % VARIANTS));
    }

    /** How many bytes the longest of them takes on the wire. */
    int wireBytes() {
        return wires.stream().mapToInt(ByteBuffer::limit).max().orElseThrow();
    }

    /** Letters in a row, beginning with another one for each variant. */
    private static byte[] payload(int variant, int bytes) {
        byte[] payload = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            payload[i] = (byte) ('a' + (variant + i) % LETTERS);
        }
        return payload;
    }

    private static byte[] sealed(byte[] payload, Framing framing) {
        FrameWriter frame = new FrameWriter().put(payload);
        try {
            framing.seal(frame);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--size " + payload.length + " can't be sent as --frame " + framing.notation() + ": "
                    + e.getMessage(), e);
        }
        return Arrays.copyOfRange(frame.array(), frame.offset(), frame.offset() + frame.length());
    }
}

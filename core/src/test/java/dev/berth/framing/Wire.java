package dev.berth.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Plays the connection: receives a stream in pieces and collects the frames, each as text with one char a byte. */
final class Wire {

    // Around the received bytes lie others that look like frame ends: a framing that looks outside its bounds is caught.
    private static final int GUARD = 9;
    private static final byte GUARD_BYTE = '\n';

    private final Framing framing;
    private final FrameCursor cursor = new FrameCursor();
    private final List<String> frames = new ArrayList<>();
    private byte[] waiting = {};

    Wire(Framing framing) {
        this.framing = framing;
    }

    /** The frames of a stream that arrives in these pieces. */
    static List<String> frames(Framing framing, byte[]... pieces) throws FramingException {
        Wire wire = new Wire(framing);
        for (byte[] piece : pieces) {
            wire.receive(piece);
        }
        return wire.frames;
    }

    /** The frames of a stream that arrives byte by byte. */
    static List<String> framesByteByByte(Framing framing, byte[] stream) throws FramingException {
        Wire wire = new Wire(framing);
        for (int i = 0; i < stream.length; i++) {
            wire.receive(Arrays.copyOfRange(stream, i, i + 1));
        }
        return wire.frames;
    }

    /** How many bytes had to arrive, one by one, until the framing refused; fails the test when it never did. */
    static int bytesUntilRefused(Framing framing, byte[] stream) {
        Wire wire = new Wire(framing);
        for (int i = 0; i < stream.length; i++) {
            try {
                wire.receive(Arrays.copyOfRange(stream, i, i + 1));
            } catch (FramingException refused) {
                return i + 1;
            }
        }
        throw new AssertionError(framing.notation() + " took all " + stream.length + " bytes");
    }

    /** The wire's bytes for a payload. */
    static byte[] sealed(Framing framing, String payload) {
        FrameWriter writer = new FrameWriter().put(bytes(payload));
        framing.seal(writer);
        return written(writer);
    }

    /** What a writer holds. */
    static byte[] written(FrameWriter writer) {
        return Arrays.copyOfRange(writer.array(), writer.offset(), writer.offset() + writer.length());
    }

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static byte[] joined(byte[]... parts) {
        FrameWriter joined = new FrameWriter();
        for (byte[] part : parts) {
            joined.put(part);
        }
        return written(joined);
    }

    List<String> frames() {
        return frames;
    }

    void receive(byte[] piece) throws FramingException {
        byte[] all = joined(waiting, piece);
        byte[] guarded = new byte[GUARD + all.length + GUARD];
        Arrays.fill(guarded, GUARD_BYTE);
        System.arraycopy(all, 0, guarded, GUARD, all.length);

        int from = GUARD;
        int to = GUARD + all.length;
        cursor.over(guarded, from, to);
        while (framing.next(cursor)) {
            frames.add(new String(guarded, cursor.start(), cursor.end() - cursor.start(), ISO_8859_1));
            from = cursor.next();
            cursor.over(guarded, from, to);
        }
        waiting = Arrays.copyOfRange(guarded, from, to);
    }
}

package dev.berth.cli.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import dev.berth.cli.args.Framings;
import dev.berth.cli.output.Untrusted;
import dev.berth.connection.FrameReader;
import dev.berth.framing.FrameView;

/**
 * Compares what comes back with what was sent, message by message. Belongs to the thread that receives.
 *
 * <p>Bytes come as they arrive, many answers at once. Most servers send the very bytes that they got, which is seen without
 * looking for the ends of frames; where bytes differ the frames are cut, since {@code abc\r\n} is the same line as {@code abc\n}.
 */
final class AnswerCheck implements FrameReader<Boolean> {
    private static final int SHOWN_BYTES = 24;

    private final Messages messages;
    private final Framings framings;
    private final FrameCutter cutter;
    /** Whether an answer may be known by its bytes on the wire. */
    private final boolean sameBothWays;
    private long whole;
    private int at;

    /** A check that begins with message 0. */
    AnswerCheck(Messages messages, Framings framings) {
        this.messages = messages;
        this.framings = framings;
        cutter = new FrameCutter(framings.in());
        sameBothWays = framings.isRawIn() || framings.in().equals(framings.out());
    }

    /** How many answers have come whole. */
    long whole() {
        return whole;
    }

    /** Whether a part of an answer has come, and not the rest. */
    boolean isInside() {
        return at > 0 || !cutter.isEmpty();
    }

    @Override
    public Boolean read(FrameView piece) throws IOException {
        ByteBuffer came = piece.asByteBuffer();
        if (sameBothWays && cutter.isEmpty()) {
            takeSameBytes(came);
        }
        if (came.hasRemaining()) {
            if (framings.isRawIn()) {
                throw wrong(came, messages.wire(whole).slice(at, messages.wire(whole).limit() - at));
            }
            cut(came);
        }
        return true;
    }

    private void takeSameBytes(ByteBuffer came) {
        while (came.hasRemaining()) {
            ByteBuffer wire = messages.wire(whole);
            int length = Math.min(came.remaining(), wire.limit() - at);
            if (!came.slice(came.position(), length).equals(wire.slice(at, length))) {
                return;
            }
            came.position(came.position() + length);
            at += length;
            if (at == wire.limit()) {
                whole++;
                at = 0;
            }
        }
    }

    private void cut(ByteBuffer came) throws IOException {
        // What was the same so far is the beginning of the frame that is not.
        cutter.add(messages.wire(whole).slice(0, at));
        at = 0;
        cutter.add(came);
        for (ByteBuffer frame; (frame = cutter.next()) != null; whole++) {
            if (!frame.equals(messages.payload(whole))) {
                throw wrong(frame, messages.payload(whole));
            }
        }
    }

    private static WrongAnswer wrong(ByteBuffer came, ByteBuffer expected) {
        // Two that differ far behind would look alike: what is shown begins a little before the difference.
        int from = Math.max(0, came.slice().mismatch(expected.slice()) - SHOWN_BYTES / 2);
        return new WrongAnswer("sent " + shown(expected.slice(), from) + ", got " + shown(came.slice(), from));
    }

    private static String shown(ByteBuffer bytes, int from) {
        byte[] all = new byte[bytes.limit()];
        bytes.get(all);
        int to = Math.min(all.length, from + SHOWN_BYTES);
        return "'" + Untrusted.text(Arrays.copyOfRange(all, Math.min(from, to), to)) + "'"
                + (from > 0 ? " at byte " + from : "")
                + " (" + all.length + " bytes)";
    }
}

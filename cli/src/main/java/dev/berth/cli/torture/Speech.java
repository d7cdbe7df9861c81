package dev.berth.cli.torture;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Framings;
import dev.berth.cli.talking.Token;
import dev.berth.framing.FrameWriter;

/**
 * What is said to the server, in its framing. Immutable, but for the arrays, which nobody writes to.
 *
 * @param framings where messages end
 * @param token what the victim says first, and nobody else; null for nothing
 * @param question what the victim asks; null where it only connects
 * @param request the same, framed, for attackers who want an answer; some words where the victim says nothing
 * @param beginOfLarge what announces a large message, where that is done, and its first byte
 */
@SuppressWarnings("ArrayRecordComponent")
public record Speech(Framings framings, @Nullable Token token, byte @Nullable [] question, byte[] request, byte[] beginOfLarge) {
    private static final byte[] SOME_WORDS = {'b', 'e', 'r', 't', 'h'};
    private static final int LARGE_BYTES = 1 << 20;
    /** Where the framing announces nothing: it may not be the server's. */
    private static final byte[] LARGE_IN_FOUR_BYTES = {0, LARGE_BYTES >> 16, 0, 0, 'a'};

    /**
     * What will be said.
     *
     * @throws IllegalArgumentException if the framing can't hold the question
     */
    public static Speech of(Framings framings, @Nullable Token token, byte @Nullable [] question) {
        byte[] words = question == null ? SOME_WORDS : question;
        byte[] request;
        try {
            request = framed(framings, words);
        } catch (IllegalArgumentException e) {
            if (question != null) {
                throw e;
            }
            // A framing with a fixed form can't hold just any words: then the attackers send them as they are.
            request = words;
        }
        return new Speech(framings, token, question, request, beginOfLarge(framings));
    }

    /** Up to where two messages of one size are equal on the wire, and one byte more. */
    private static byte[] beginOfLarge(Framings framings) {
        for (int size = Math.min(framings.out().maxFrameBytes(), LARGE_BYTES); size > 0; size /= 2) {
            try {
                byte[] one = framed(framings, filled(size, 'a'));
                int announced = Arrays.mismatch(one, framed(framings, filled(size, 'b')));
                return announced == 0 ? LARGE_IN_FOUR_BYTES : Arrays.copyOf(one, announced + 1);
            } catch (IllegalArgumentException tooLarge) {
                // A smaller one, perhaps.
            }
        }
        return LARGE_IN_FOUR_BYTES;
    }

    private static byte[] filled(int size, char letter) {
        byte[] message = new byte[size];
        Arrays.fill(message, (byte) letter);
        return message;
    }

    /** A message as it stands on the wire; as it is, where the framing can't hold it. */
    byte[] wire(byte... message) {
        try {
            return framed(framings, message);
        } catch (IllegalArgumentException notAMessage) {
            return message;
        }
    }

    private static byte[] framed(Framings framings, byte[] message) {
        FrameWriter frame = new FrameWriter().put(message);
        framings.out().seal(frame);
        return Arrays.copyOfRange(frame.array(), frame.offset(), frame.offset() + frame.length());
    }
}

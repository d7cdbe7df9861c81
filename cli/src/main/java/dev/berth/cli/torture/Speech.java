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
 */
@SuppressWarnings("ArrayRecordComponent")
public record Speech(Framings framings, @Nullable Token token, byte @Nullable [] question, byte[] request) {
    private static final byte[] SOME_WORDS = {'b', 'e', 'r', 't', 'h'};

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
        return new Speech(framings, token, question, request);
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

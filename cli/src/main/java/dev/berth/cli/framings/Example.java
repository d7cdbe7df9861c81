package dev.berth.cli.framings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.berth.framing.FrameCursor;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;

/**
 * A few messages in one framing. They are sealed by it and cut by it again, so what is shown is what happens.
 *
 * @param notation the framing
 * @param messages what is sent, one char a byte
 */
public record Example(String notation, List<String> messages) {
    static Example of(String notation, String... messages) {
        return new Example(notation, List.of(messages));
    }

    /** The bytes on the wire with cut marks, and below them the messages that are delivered. */
    public List<String> drawing() {
        StringBuilder wire = new StringBuilder();
        StringBuilder delivered = new StringBuilder();
        for (Piece piece : cut()) {
            String hex = piece.hex();
            String label = " ".repeat(piece.column()) + piece.label();
            int width = Math.max(hex.length(), label.length());
            wire.append(padded(hex, width)).append(" | ");
            delivered.append(padded(label, width + 3));
        }
        return List.of(wire.toString().stripTrailing(), delivered.toString().stripTrailing());
    }

    /** Sends the messages in memory: the bytes of each arrive, and the framing says where the messages are. */
    List<Piece> cut() {
        Framing framing = Framing.parse(notation);
        List<byte[]> arrivals = messages.stream().map(message -> sealed(framing, message)).toList();
        byte[] sent = joined(arrivals);
        byte[] received = sent.clone();
        List<Piece> pieces = new ArrayList<>();
        FrameCursor cursor = new FrameCursor();
        int from = 0;
        int to = 0;
        for (byte[] arrival : arrivals) {
            to += arrival.length;
            while (from < to && isFound(framing, cursor, received, from, to)) {
                pieces.add(new Piece(
                        Arrays.copyOfRange(sent, from, cursor.next()),
                        cursor.start() - from,
                        cursor.next() - cursor.end(),
                        Arrays.copyOfRange(received, cursor.start(), cursor.end())));
                from = cursor.next();
            }
        }
        return pieces;
    }

    private static boolean isFound(Framing framing, FrameCursor cursor, byte[] received, int from, int to) {
        cursor.over(received, from, to);
        // Each arrival is followed by as much silence as the framing asks for.
        cursor.silence(framing.silence().isPresent());
        try {
            return framing.next(cursor);
        } catch (FramingException e) {
            throw new IllegalStateException("an example of ours is no " + framing.notation(), e);
        }
    }

    private static byte[] sealed(Framing framing, String message) {
        FrameWriter frame = new FrameWriter().put(message.getBytes(StandardCharsets.ISO_8859_1));
        framing.seal(frame);
        return Arrays.copyOfRange(frame.array(), frame.offset(), frame.offset() + frame.length());
    }

    private static byte[] joined(List<byte[]> parts) {
        FrameWriter all = new FrameWriter();
        parts.forEach(all::put);
        return Arrays.copyOfRange(all.array(), all.offset(), all.offset() + all.length());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}

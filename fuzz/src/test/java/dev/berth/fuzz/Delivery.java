package dev.berth.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.berth.framing.FrameCursor;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;

/**
 * Receives a stream piece by piece, as a connection does, and looks at every step whether the framing keeps to its bytes.
 *
 * <p>Without a margin the array holds what is there and nothing else: to look outside is an exception. With one, the bytes begin
 * somewhere in the array, and those around must stay as they are.
 */
final class Delivery {

    private static final byte MARGIN_BYTE = '\n';
    /** More than any end mark, escape or block header has. */
    private static final int LOOKED_AT_AGAIN = 16;
    private static final Pattern LOOKS_FOR_AN_END =
            Pattern.compile("(magic:[0-9a-f]+,)*(line|cr|crlf|nul|delim|between|stxetx|mllp|slip|cobs|scpi)\\b.*");

    private final Framing framing;
    private final int margin;
    private final boolean looksForAnEnd;
    private final FrameCursor cursor = new FrameCursor();
    private final List<byte[]> frames = new ArrayList<>();
    private byte[] waiting = {};
    private FramingException.@Nullable Kind refusal;

    Delivery(Framing framing, int margin) {
        this.framing = framing;
        this.margin = margin;
        looksForAnEnd = LOOKS_FOR_AN_END.matcher(framing.notation()).matches();
    }

    void receive(byte[] piece) {
        byte[] all = Arrays.copyOf(waiting, waiting.length + piece.length);
        System.arraycopy(piece, 0, all, waiting.length, piece.length);
        deliver(all, false);
    }

    /** Nothing came for a while, or the stream has ended: whichever completes a frame. */
    void fallSilent() {
        if (framing.silence().isPresent()) {
            deliver(waiting, true);
        }
    }

    List<byte[]> frames() {
        return frames;
    }

    /** All that a connection would see of it. Pieces of {@code raw} are as they come: only their sum counts. */
    String outcome() {
        String separator = framing.notation().equals("raw") ? "" : ",";
        var hex = frames.stream().map(HexFormat.of()::formatHex).toList();
        return "[" + String.join(separator, hex) + "] then "
                + (refusal == null ? "waiting " + HexFormat.of().formatHex(waiting) : refusal);
    }

    private void deliver(byte[] all, boolean silent) {
        waiting = all;
        try {
            while (refusal == null && waiting.length > 0 && isFrameFound(silent)) {
                // The next frame is looked for in the bytes behind this one alone.
            }
        } catch (FramingException e) {
            refusal = e.kind();
        }
    }

    private boolean isFrameFound(boolean silent) throws FramingException {
        byte[] bytes = new byte[margin + waiting.length + margin];
        Arrays.fill(bytes, MARGIN_BYTE);
        System.arraycopy(waiting, 0, bytes, margin, waiting.length);
        byte[] before = bytes.clone();
        int to = margin + waiting.length;
        cursor.over(bytes, margin, to);
        cursor.silence(silent);
        if (framing.next(cursor)) {
            takeFrame(bytes, before, to);
            return true;
        }
        require(Arrays.equals(bytes, before), "bytes changed before a frame was found");
        int unseen = cursor.available() - cursor.scanned();
        require(!looksForAnEnd || unseen <= LOOKED_AT_AGAIN, unseen + " bytes will be looked at again");
        waiting = Arrays.copyOfRange(bytes, cursor.dropSkipped(), to);
        return false;
    }

    private void takeFrame(byte[] bytes, byte[] before, int to) {
        int size = cursor.end() - cursor.start();
        require(size <= framing.maxFrameBytes(), "frame of " + size + " bytes, maxFrameBytes " + framing.maxFrameBytes());
        require(cursor.next() > margin && cursor.next() <= to, "frame ends outside the bytes");
        require(Arrays.equals(bytes, 0, margin, before, 0, margin), "bytes before the frame changed");
        require(Arrays.equals(bytes, cursor.next(), bytes.length, before, cursor.next(), bytes.length),
                "bytes after the frame changed");
        frames.add(Arrays.copyOfRange(bytes, cursor.start(), cursor.end()));
        waiting = Arrays.copyOfRange(bytes, cursor.next(), to);
    }

    private void require(boolean promise, String broken) {
        if (!promise) {
            throw new AssertionError(framing.notation() + ": " + Objects.requireNonNull(broken));
        }
    }
}

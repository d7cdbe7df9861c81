package dev.berth.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;

/**
 * What every framing promises, whatever arrives. A broken promise is an AssertionError; any exception but those promised comes
 * out as it is.
 */
final class Promises {

    private static final int MARGIN = 5;
    private static final int LONGEST_PIECE = 9;

    private Promises() {}

    /** A text is a framing, or refused with an IllegalArgumentException; a framing keeps its promises. */
    static void check(FuzzCase tried) {
        Framing framing;
        try {
            framing = Framing.parse(tried.notation());
        } catch (IllegalArgumentException refused) {
            return;
        }
        requireSame("framing of its own notation", framing, Framing.parse(framing.notation()));
        check(framing, tried);
    }

    /** What a framing receives does not depend on pieces, and what it has delivered can be sent. */
    static void check(Framing unlimited, FuzzCase tried) {
        Framing framing = withMax(unlimited, tried.max());
        Delivery whole = delivered(framing, 0, tried.stream().length + 1, tried);
        String expected = whole.outcome();
        requireSame("in one piece, inside a larger array", expected, delivered(framing, MARGIN, tried.stream().length + 1, tried).outcome());
        requireSame("byte by byte", expected, delivered(framing, 0, 1, tried).outcome());
        requireSame("in pieces", expected, delivered(framing, MARGIN, LONGEST_PIECE, tried).outcome());

        for (byte[] frame : whole.frames()) {
            requireSame("sent again", hex(frame), sentAndReceived(framing, frame));
        }
        requireRefusedOrReceived(framing, tried.stream());
    }

    private static Framing withMax(Framing framing, int max) {
        try {
            return max == 0 ? framing : framing.withMaxFrameBytes(max);
        } catch (IllegalArgumentException tooSmallForThisFraming) {
            return framing;
        }
    }

    private static Delivery delivered(Framing framing, int margin, int longestPiece, FuzzCase tried) {
        byte[] stream = tried.stream();
        var random = new Random(tried.cuts());
        var delivery = new Delivery(framing, margin);
        for (int at = 0; at < stream.length; ) {
            int length = longestPiece > stream.length ? stream.length : 1 + random.nextInt(longestPiece);
            int to = Math.min(stream.length, at + length);
            delivery.receive(Arrays.copyOfRange(stream, at, to));
            at = to;
        }
        delivery.fallSilent();
        return delivery;
    }

    private static void requireRefusedOrReceived(Framing framing, byte[] payload) {
        var frame = new FrameWriter().put(payload);
        try {
            framing.seal(frame);
        } catch (IllegalArgumentException refused) {
            requireSame("payload refused", hex(payload), hex(written(frame)));
            return;
        }
        requireSame("sent", hex(payload), received(framing, written(frame)));
    }

    private static String sentAndReceived(Framing framing, byte[] payload) {
        var frame = new FrameWriter().put(payload);
        framing.seal(frame);
        return received(framing, written(frame));
    }

    /** What arrives of one frame: raw may deliver it in several pieces, and nothing where it is empty. */
    private static String received(Framing framing, byte[] sealed) {
        var delivery = new Delivery(framing, 0);
        delivery.receive(sealed);
        delivery.fallSilent();
        String outcome = delivery.outcome();
        String end = "] then waiting ";
        return outcome.startsWith("[") && outcome.endsWith(end) && isOne(framing, delivery.frames())
                ? outcome.substring(1, outcome.length() - end.length())
                : outcome;
    }

    private static boolean isOne(Framing framing, List<byte[]> frames) {
        return frames.size() == 1 || framing.notation().equals("raw");
    }

    private static byte[] written(FrameWriter writer) {
        return Arrays.copyOfRange(writer.array(), writer.offset(), writer.offset() + writer.length());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static void requireSame(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": " + actual + ", not " + expected);
        }
    }
}

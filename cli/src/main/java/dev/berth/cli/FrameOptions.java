package dev.berth.cli;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Framings;
import dev.berth.cli.args.Sizes;
import dev.berth.framing.Framing;

import picocli.CommandLine.Option;

/** Where a message ends: the options that all verbs with a connection share. */
final class FrameOptions {
    private static final String USUAL = "line";

    @Option(names = "--frame", paramLabel = "FRAMING", description = {
        "Where a message ends (default: line): line, crlf, cr, nul, delim:HEX, between:HEX/HEX, stxetx, fixed:N, len1 len2be len2le ..."
                + " with @OFFSET +TRAILER !, varint, gap:TIME, slip, cobs, raw, modbus, mllp, scpi, magic:HEX,FRAMING, FRAMING~CHECKSUM.",
        "'berth frames' explains them."
    })
    private @Nullable String frame;

    @Option(names = "--frame-in", paramLabel = "FRAMING", description = "The same for what is received, where that differs.")
    private @Nullable String frameIn;

    @Option(names = "--frame-out", paramLabel = "FRAMING", description = "The same for what is sent, where that differs.")
    private @Nullable String frameOut;

    @Option(names = "--max-frame", paramLabel = "SIZE", converter = Sizes.class,
            description = "Largest message (default: 64KiB, with a length in front 1MiB).")
    private @Nullable Integer maxFrame;

    /** Whether {@code --frame} itself was given. */
    boolean isGiven() {
        return frame != null;
    }

    /** Whether any of them was given. */
    boolean isAnyGiven() {
        return frame != null || frameIn != null || frameOut != null || maxFrame != null;
    }

    /** What the options say. */
    Framings framings() throws WrongUsage {
        return framings(USUAL);
    }

    /** What the options say, where this is meant if they don't. */
    Framings framings(String usual) throws WrongUsage {
        String both = frame == null ? usual : frame;
        if (frame != null && frameIn != null && frameOut != null) {
            throw new WrongUsage("--frame has nothing to say beside --frame-in and --frame-out; leave it out");
        }
        try {
            return new Framings(limited(frameIn == null ? both : frameIn), limited(frameOut == null ? both : frameOut));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(e);
        }
    }

    private Framing limited(String notation) {
        Framing framing = Framing.parse(notation);
        return maxFrame == null ? framing : framing.withMaxFrameBytes(maxFrame);
    }
}

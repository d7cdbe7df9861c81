package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Framings;
import dev.berth.cli.args.Sizes;
import dev.berth.cli.config.Setting;
import dev.berth.framing.Framing;

import picocli.CommandLine.Option;

/** Where a message ends: the options that all verbs with a connection share. */
final class FrameOptions {
    /** What ends a message where nobody says. */
    static final String USUAL = "line";

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

    /** What is meant where nothing was said. */
    List<Setting> implied() throws WrongUsage {
        List<Setting> implied = new ArrayList<>();
        if (frameIn == null && frameOut == null) {
            implied.add(Setting.implied("frame", USUAL, Setting.DEFAULT));
        }
        implied.add(Setting.implied("max-frame", Integer.toString(framings().both().maxFrameBytes()), Setting.DEFAULT));
        return implied;
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
        return new Framings(
                frameIn == null ? limited("--frame", both) : limited("--frame-in", frameIn),
                frameOut == null ? limited("--frame", both) : limited("--frame-out", frameOut));
    }

    private Framing limited(String option, String notation) throws WrongUsage {
        Framing framing;
        try {
            framing = Framing.parse(notation);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(option + ": " + e.getMessage());
        }
        try {
            return maxFrame == null ? framing : framing.withMaxFrameBytes(maxFrame);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()).replace("maxFrameBytes", "--max-frame"));
        }
    }
}

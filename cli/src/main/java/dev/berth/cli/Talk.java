package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Sizes;
import dev.berth.framing.Framing;

import picocli.CommandLine.Option;

/** What the verbs that talk to a server share: how messages are framed. */
final class Talk {
    @Option(names = "--frame", paramLabel = "FRAMING", description = {
        "Where a message ends (default: line): line, crlf, cr, nul, delim:HEX, between:HEX/HEX, stxetx, fixed:N, len1 len2be len2le ..."
                + " with @OFFSET +TRAILER !, varint, gap:TIME, slip, cobs, raw, modbus, mllp, scpi, magic:HEX,FRAMING, FRAMING~CHECKSUM.",
        "'berth frames' explains them."
    })
    private @Nullable String frame;

    @Option(names = "--crlf", description = "Lines end with CR LF: the same as --frame crlf.")
    private boolean crlf;

    @Option(names = "--cr", description = "Lines end with CR: the same as --frame cr.")
    private boolean cr;

    @Option(names = "--max-frame", paramLabel = "SIZE", converter = Sizes.class,
            description = "Largest message (default: 64KiB, with a length in front 1MiB).")
    private @Nullable Integer maxFrame;

    Framing framing() throws WrongUsage {
        List<String> notations = new ArrayList<>();
        if (frame != null) {
            notations.add(frame);
        }
        if (crlf) {
            notations.add("crlf");
        }
        if (cr) {
            notations.add("cr");
        }
        if (notations.size() > 1) {
            throw new WrongUsage("--frame, --crlf and --cr say the same thing; give one of them");
        }
        try {
            Framing framing = Framing.parse(notations.isEmpty() ? "line" : notations.getFirst());
            return maxFrame == null ? framing : framing.withMaxFrameBytes(maxFrame);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(e);
        }
    }

    /** The server in the first words, which must have a port that can be connected to. */
    static Endpoint.Taken server(List<String> words) throws WrongUsage {
        try {
            Endpoint.Taken taken = Endpoint.first(words);
            if (taken.endpoint().port() == 0) {
                throw new WrongUsage("port 0 is out of range; allowed are 1 to 65535");
            }
            return taken;
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(e);
        }
    }
}

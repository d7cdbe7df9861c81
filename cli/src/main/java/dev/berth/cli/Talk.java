package dev.berth.cli;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Framings;
import dev.berth.cli.talking.Token;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the verbs that talk to a server share: how messages are framed. */
final class Talk {
    @Mixin
    private FrameOptions frames = new FrameOptions();

    @Option(names = "--crlf", description = "Lines end with CR LF: the same as --frame crlf.")
    private boolean crlf;

    @Option(names = "--cr", description = "Lines end with CR: the same as --frame cr.")
    private boolean cr;

    @Mixin
    private TokenOption auth = new TokenOption();

    /** What is said before anything else; null for nothing. */
    @Nullable Token token() throws WrongUsage {
        return auth.token();
    }

    /** What the options say, where this is meant if they don't. */
    Framings framings(String usual) throws WrongUsage {
        if ((frames.isGiven() ? 1 : 0) + (crlf ? 1 : 0) + (cr ? 1 : 0) > 1) {
            throw new WrongUsage("--frame, --crlf and --cr say the same thing; give one of them");
        }
        return frames.framings(crlf ? "crlf" : cr ? "cr" : usual);
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

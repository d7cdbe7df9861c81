package dev.berth.cli.talking;

import java.io.PrintStream;
import java.util.regex.Pattern;

import dev.berth.cli.args.Framings;
import dev.berth.cli.args.HexText;
import dev.berth.cli.output.Untrusted;

/**
 * Prints what a server sends: to a program the bytes as they are, to a person's terminal with control characters shown.
 *
 * @param lines whether each message is a line of its own; raw bytes are not
 * @param hex whether messages are shown as digits, with the text behind
 */
record Answers(PrintStream out, boolean toTerminal, boolean lines, boolean hex) {
    private static final Pattern LINE_END_OR_BACKSLASH = Pattern.compile("\\\\\\\\|\\\\n");

    static Answers of(Framings framings, boolean hex, PrintStream out, boolean toTerminal) {
        return new Answers(out, toTerminal, hex || !framings.isRawIn(), hex);
    }

    void print(byte[] message) {
        if (toTerminal || hex) {
            out.print(shown(message));
        } else {
            out.write(message, 0, message.length);
        }
        if (lines) {
            out.println();
        }
        out.flush();
    }

    /** The message for a person, without its control characters: shown as escapes, but for line ends where messages are not lines. */
    String shown(byte[] message) {
        if (hex) {
            return HexText.shown(message);
        }
        String safe = Untrusted.text(message);
        // An escaped backslash is for logs; a person wants to see the one that was sent. A line end can't follow half of one.
        return LINE_END_OR_BACKSLASH.matcher(safe).replaceAll(found -> switch (found.group()) {
            case "\\n" -> lines ? "\\\\n" : "\n";
            default -> "\\\\";
        });
    }
}

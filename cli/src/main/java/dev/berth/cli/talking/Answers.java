package dev.berth.cli.talking;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.stream.Collectors;

import dev.berth.cli.output.Untrusted;
import dev.berth.framing.Framing;

/**
 * Prints what a server sends: to a program the bytes as they are, to a person's terminal with control characters shown.
 *
 * @param lines whether each message is a line of its own; raw bytes are not
 */
record Answers(PrintStream out, boolean toTerminal, boolean lines) {
    static Answers of(Framing framing, PrintStream out, boolean toTerminal) {
        return new Answers(out, toTerminal, !framing.notation().equals(Framing.raw().notation()));
    }

    void print(byte[] message) {
        if (toTerminal) {
            out.print(shown(message));
        } else {
            out.write(message, 0, message.length);
        }
        if (lines) {
            out.println();
        }
        out.flush();
    }

    /** The message for a person: line ends stay line ends where messages are not lines. */
    String shown(byte[] message) {
        if (lines) {
            return Untrusted.text(message);
        }
        return Arrays.stream(Untrusted.text(message).split("(?<!\\\\)\\\\n", -1)).collect(Collectors.joining("\n"));
    }
}

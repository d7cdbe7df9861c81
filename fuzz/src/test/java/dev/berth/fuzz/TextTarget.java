package dev.berth.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;

/** What Jazzer calls, by these names, in a process that does nothing else; hence the static state. One thread. */
public final class TextTarget {
    private static final long[] EXECUTIONS = new long[TextParser.values().length];

    private TextTarget() {}

    /** Tries one input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        var parsers = TextParser.values();
        int which = input.length == 0 ? 0 : (input[0] & 0xFF) % parsers.length;
        var parser = parsers[which];
        String text = input.length == 0 ? "" : new String(input, 1, input.length - 1, UTF_8);
        EXECUTIONS[which]++;
        try {
            parser.keepsItsPromises(text);
        } catch (Throwable broken) {
            System.out.println("text line: " + new TextCase(parser, text));
            throw broken;
        }
    }

    /** Says how often each was tried. */
    public static void fuzzerTearDown() {
        var parsers = TextParser.values();
        for (int which = 0; which < parsers.length; which++) {
            System.out.println("tried: " + EXECUTIONS[which] + " " + parsers[which]);
        }
        System.out.println("tried: " + Arrays.stream(EXECUTIONS).sum() + " (all texts)");
    }
}

package dev.berth.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where the command reads and prints: {@code out} is data, {@code err} is talk.
 *
 * @param interactive whether a person sits at a terminal on both sides, input and output
 */
public record Console(InputStream in, PrintStream out, PrintStream err, boolean interactive) {
    /** The process's own streams. */
    // Error Prone expects a console that is never null; that of java.base, Java 25's own choice, is null without a terminal.
    @SuppressWarnings("SystemConsoleNull")
    static Console ofProcess() {
        java.io.Console terminal = System.console();
        return new Console(System.in, System.out, System.err, terminal != null && terminal.isTerminal());
    }

    /** Prints one line of talk. */
    public void say(String line) {
        err.println("berth: " + line);
        err.flush();
    }
}

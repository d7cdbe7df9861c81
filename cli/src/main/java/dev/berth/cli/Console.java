package dev.berth.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/**
 * Where the command reads and prints: {@code out} is data, {@code err} is talk.
 *
 * @param interactive whether a person sits at a terminal on both sides, input and output
 * @param environment the process's variables
 */
public record Console(InputStream in, PrintStream out, PrintStream err, boolean interactive, Map<String, String> environment) {
    /** Streams, and no variables. */
    public Console(InputStream in, PrintStream out, PrintStream err, boolean interactive) {
        this(in, out, err, interactive, Map.of());
    }

    /** The process's own streams. */
    // Error Prone expects a console that is never null; that of java.base, Java 25's own choice, is null without a terminal.
    @SuppressWarnings("SystemConsoleNull")
    static Console ofProcess() {
        java.io.Console terminal = System.console();
        return new Console(System.in, System.out, System.err, terminal != null && terminal.isTerminal(), System.getenv());
    }

    /** What {@code out} writes to; it throws where {@code out} would only remember that it could not. */
    OutputStream outBytes() {
        return out.equals(System.out) ? new FileOutputStream(FileDescriptor.out) : out;
    }

    /** What {@code err} writes to; it throws where {@code err} would only remember that it could not. */
    OutputStream errBytes() {
        return err.equals(System.err) ? new FileOutputStream(FileDescriptor.err) : err;
    }

    /** Whether what is printed is seen by a person, whose terminal must not be steered by it. */
    public boolean outIsTerminal() {
        return interactive || (out.equals(System.out) && isTerminal(SystemStream.Output));
    }

    /** Whether what is said beside the data is seen by a person, whom a line of progress does not disturb. */
    boolean errIsTerminal() {
        return err.equals(System.err) && isTerminal(SystemStream.Error);
    }

    private static boolean isTerminal(SystemStream stream) {
        try {
            return TerminalProvider.load("ffm").isSystemStream(stream);
        } catch (IOException | RuntimeException | LinkageError e) {
            // A system that JLine does not know: bytes are printed as they are, as everywhere outside a terminal.
            return false;
        }
    }
}

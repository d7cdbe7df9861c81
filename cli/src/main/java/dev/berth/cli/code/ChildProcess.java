package dev.berth.cli.code;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jline.utils.Signals;

/**
 * Another program in this one's place: it has this process's input and output, is ended by the signals that end this process, and its
 * exit code is this one's. Used by one thread, once.
 */
public final class ChildProcess {
    private static final List<String> SIGNALS = List.of("TERM", "HUP", "INT");

    private final ProcessBuilder program;
    private final boolean terminal;
    private final CompletableFuture<Process> started = new CompletableFuture<>();

    /**
     * A program that is not started yet.
     *
     * @param terminal whether both run in a terminal, where Ctrl-C reaches the program without our help
     */
    public ChildProcess(List<String> command, boolean terminal) {
        program = new ProcessBuilder(command).inheritIO();
        this.terminal = terminal;
    }

    /** Runs it to its end; returns its exit code. An interrupt ends it at once. */
    public int run() throws IOException, InterruptedException {
        // Before it starts: a signal that comes in between must not leave it behind.
        List<Object> former = SIGNALS.stream().map(name -> Signals.register(name, () -> received(name))).toList();
        try {
            Process child = program.start();
            started.complete(child);
            return waitFor(child);
        } finally {
            for (int i = 0; i < SIGNALS.size(); i++) {
                Signals.unregister(SIGNALS.get(i), former.get(i));
            }
        }
    }

    private static int waitFor(Process child) throws InterruptedException {
        try {
            return child.waitFor();
        } finally {
            child.destroyForcibly();
        }
    }

    private void received(String signal) {
        if (!signal.equals("INT") || !terminal) {
            var _ = started.thenAccept(Process::destroy);
        }
    }
}

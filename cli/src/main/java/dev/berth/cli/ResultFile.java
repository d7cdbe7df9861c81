package dev.berth.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** Where a result of minutes goes: a file, or {@code -} for stdout. */
final class ResultFile {
    /** The name that means stdout. */
    static final Path STDOUT = Path.of("-");

    private ResultFile() {}

    /** Found before the work begins: a result that can't be written would be lost. */
    static void requireWritable(@Nullable Path file) throws WrongUsage {
        if (file == null || file.equals(STDOUT)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
            throw new WrongUsage("can't write " + file + ": " + (Files.isDirectory(file) ? "it is a folder" : "its folder does not exist"));
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new WrongUsage("can't write " + file + ": that is not allowed");
        }
    }

    /** Writes the result. */
    static void write(Path file, String text, PrintStream stdout) throws Failed {
        if (file.equals(STDOUT)) {
            stdout.print(text);
            stdout.flush();
            return;
        }
        // The second Ctrl-C has interrupted this thread, and an interrupted thread can't write a file.
        boolean interrupted = Thread.interrupted();
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failed("can't write " + file + ": " + FileTrouble.reason(e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

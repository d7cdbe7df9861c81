package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import dev.berth.acceptance.Machine;

/**
 * The result of one run as a page.
 *
 * @param promise what was run
 * @param run how, and what it wrote down
 * @param rows what came of it
 * @param command that repeats it
 * @param commit that was checked out when it began
 * @param start when it began
 * @param end when it ended
 */
record Report(Promise promise, Run run, List<Row> rows, String command, String commit, Instant start, Instant end) {

    /** Runs the promise. */
    static Report of(Promise promise, Run run, String command) throws Exception {
        var start = Instant.now();
        var commit = Machine.commit();
        var rows = promise.run(run);
        return new Report(promise, run, rows, command, commit, start, Instant.now());
    }

    boolean isKept() {
        return !rows.isEmpty() && rows.stream().allMatch(Row::kept);
    }

    /** Writes the page into the folder, under the promise's name, and the picture beside it if there is one. */
    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!run.picture().isEmpty()) {
            Files.writeString(folder.resolve(promise.name() + ".svg"), run.picture(), StandardCharsets.UTF_8);
        }
        return Files.writeString(folder.resolve(promise.name() + ".md"), text(), StandardCharsets.UTF_8);
    }

    private String text() {
        var text = new StringBuilder();
        text.append("# %s: %s%n%n%s%n%n".formatted(number(), isKept() ? "kept" : "not kept", promise.promised().strip()));
        if (run.isQuick()) {
            text.append("The short version: it shows that the rig works, not that the figure is reached.\n\n");
        }
        text.append("| what | promised | measured | |\n|---|--:|--:|---|\n");
        for (var row : rows) {
            text.append("| %s | %s | **%s** | %s |%n".formatted(row.what(), row.promised(), row.measured(), row.kept() ? "kept" : "NOT KEPT"));
        }
        text.append("\n- command: `%s`%n".formatted(command));
        text.append("- commit: %s%n".formatted(commit));
        text.append("- machine: %s%n".formatted(Machine.describe()));
        text.append("- flags of the server's JVM: %s%n".formatted(run.flags().isEmpty() ? "none" : "`" + String.join("`, `", run.flags()) + "`"));
        text.append("- start: %s, end: %s, seed: %d%n".formatted(start, end, run.seed()));
        if (!run.picture().isEmpty()) {
            text.append("%n![%s](%s.svg)%n".formatted(number(), promise.name()));
        }
        text.append("\n```text\n");
        run.raw().forEach(line -> text.append(line).append('\n'));
        return text.append("```\n").toString();
    }

    /** Of {@code p4-descriptors}, {@code P4, descriptors}. */
    private String number() {
        var name = promise.name();
        int dash = name.indexOf('-');
        return "P" + name.substring(1, dash) + ", " + name.substring(dash + 1).replace('-', ' ');
    }
}

package dev.berth.cli.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.berth.cli.args.Durations;
import dev.berth.cli.output.Untrusted;

/** A result for people: a table with a row for each attack. */
public final class TextReport {
    private static final String GAP = "  ";

    private TextReport() {}

    /** The report's lines, without line ends. */
    public static List<String> of(Result result) {
        List<String> lines = new ArrayList<>();
        Limits limits = result.limits();
        lines.add(String.format(Locale.ROOT, "%s: %,d connections, %s for each attack", result.target().typed(), limits.connections(),
                Durations.text(limits.duration())));
        lines.add("the victim " + wish(result.speech()) + " every 50 ms, and may wait " + Durations.text(limits.patience())
                + "; in calm its slowest visit took " + millis(result.calm().slowest()));
        lines.add("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("attack", "what is done", "what the server did", "the victim"));
        result.outcomes().forEach(outcome -> rows.add(row(outcome)));
        lines.addAll(table(rows));
        lines.add("");
        lines.add(verdict(result));
        return lines;
    }

    private static String wish(Speech speech) {
        byte[] question = speech.question();
        return "connects" + (speech.token() == null ? "" : question == null ? " and says its token" : ", says its token")
                + (question == null ? "" : " and asks '" + Untrusted.text(question) + "'");
    }

    private static List<String> row(Outcome outcome) {
        return List.of(outcome.attack().id(), outcome.attack().text(), deeds(outcome), suffered(outcome));
    }

    /** Accepted so many; closed so many, after how long. */
    static String deeds(Outcome outcome) {
        long accepted = outcome.fates().size() - outcome.count(Fate.Kind.REFUSED);
        return Stream.concat(
                        Stream.of(String.format(Locale.ROOT, "accepted %,d", accepted)),
                        Stream.of(Fate.Kind.values()).filter(kind -> outcome.count(kind) > 0).map(kind -> ending(outcome, kind)))
                .collect(Collectors.joining(", "));
    }

    private static String ending(Outcome outcome, Fate.Kind kind) {
        String count = String.format(Locale.ROOT, "%,d %s", outcome.count(kind), kind.text());
        if (kind != Fate.Kind.CLOSED && kind != Fate.Kind.RESET) {
            return count;
        }
        Duration last = outcome.fates().stream().filter(fate -> fate.kind() == kind).map(Fate::after).max(Duration::compareTo).orElseThrow();
        return count + " within " + (last.toSeconds() == 0 ? last.toMillis() + " ms" : Durations.text(last));
    }

    private static String suffered(Outcome outcome) {
        Suffering victim = outcome.victim();
        String visits = victim.isHarmed()
                ? String.format(Locale.ROOT, "HARMED: %d of %d visits failed: %s", victim.failed(), victim.probes().size(),
                        Untrusted.line(victim.firstTrouble().orElseThrow()))
                : String.format(Locale.ROOT, "unharmed: %d visits, slowest %s", victim.probes().size(), millis(victim.slowest()));
        return visits + (outcome.recovered() ? "" : "; NOT SERVED afterwards");
    }

    private static String verdict(Result result) {
        String early = result.endedEarly() ? "; ended early" : "";
        return result.harmful() == 0
                ? "none of " + result.made() + " attacks harmed the victim, and the server answers" + early
                : result.harmful() + " of " + result.made() + " attacks harmed the victim" + early;
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    private static List<String> table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (int column = 0; column < columns - 1; column++) {
            int each = column;
            widths[column] = rows.stream().mapToInt(row -> row.get(each).length()).max().orElse(0);
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length - 1; column++) {
            line.append(row.get(column)).repeat(' ', widths[column] - row.get(column).length()).append(GAP);
        }
        return line.append(row.getLast()).toString();
    }
}

package dev.berth.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.berth.cli.args.Durations;

/** A result for people. */
public final class TextReport {
    private static final double MIB = 1 << 20;

    private TextReport() {}

    /** The report's lines, without line ends. */
    public static List<String> of(Result result) {
        List<String> lines = new ArrayList<>();
        settings(result, lines);
        lines.add("");
        lines.add(String.format(Locale.ROOT, "  throughput  %,.0f messages/s, %.2f MiB/s each way",
                result.perSecond(), result.bytesPerSecond() / MIB));
        lines.add(String.format(Locale.ROOT, "  messages    %,d in %s", result.messages(), Durations.text(result.measured())));
        errors(result, lines);
        lines.add("");
        lines.add("  latency     " + result.basis());
        if (result.messages() > 0) {
            for (Percentile percentile : Percentile.REPORTED) {
                lines.add(String.format(Locale.ROOT, "    %-8s %10.3f ms", percentile.name(), percentile.of(result.latencies()) / 1e6));
            }
            lines.add("");
            lines.addAll(Bars.of(result.latencies()));
        }
        return lines;
    }

    private static void settings(Result result, List<String> lines) {
        Load load = result.load();
        Traffic traffic = load.traffic();
        Timing timing = load.timing();
        lines.add(String.format(Locale.ROOT, "%s: %,d connections, %,d in flight each, %,d bytes, %s", load.server(),
                traffic.connections(), traffic.depth(), load.messageBytes(), load.framings().options()));
        String pace = traffic.rate().isPresent()
                ? String.format(Locale.ROOT, "%,d messages/s", traffic.rate().getAsInt())
                : "as fast as answers come";
        lines.add(pace + " for " + Durations.text(timing.duration()) + " after " + Durations.text(timing.warmUp())
                + " of warm-up, timeout " + Durations.text(timing.timeout()) + (result.endedEarly() ? "; ended early" : ""));
    }

    private static void errors(Result result, List<String> lines) {
        lines.add(String.format(Locale.ROOT, "  errors      %,d", result.failures().size()));
        result.counted().forEach((kind, count) ->
                lines.add(String.format(Locale.ROOT, "    %,d %s: %s", count, kind.text(), result.example(kind))));
    }
}

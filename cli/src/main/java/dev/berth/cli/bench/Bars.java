package dev.berth.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.HdrHistogram.Histogram;

/** A histogram of latencies as lines of text: a bar for each step of a scale that grows by about a half. */
final class Bars {
    private static final double[] STEPS = {1, 1.5, 2, 3, 5, 7};
    private static final int WIDTH = 40;
    private static final double FIRST_NANOS = 1_000;
    private static final double LAST_NANOS = 1e14;

    private record Row(double upTo, long count) {}

    private Bars() {}

    /** One line for each step from the fastest answer to the slowest, without line ends. */
    static List<String> of(Histogram latencies) {
        List<Row> rows = rows(latencies);
        long most = rows.stream().mapToLong(Row::count).max().orElse(1);
        return rows.stream().map(row -> line(row, most, latencies.getTotalCount())).toList();
    }

    private static List<Row> rows(Histogram latencies) {
        List<Row> rows = new ArrayList<>();
        long before = 0;
        for (double decade = FIRST_NANOS; decade < LAST_NANOS && before < latencies.getTotalCount(); decade *= 10) {
            for (double step : STEPS) {
                long upTo = latencies.getCountBetweenValues(0, (long) (decade * step));
                if (upTo > 0 && before < latencies.getTotalCount()) {
                    rows.add(new Row(decade * step, upTo - before));
                }
                before = upTo;
            }
        }
        return rows;
    }

    private static String line(Row row, long most, long all) {
        // What happened at all is seen: the slow ones are few, and they are what a reader looks for.
        int length = row.count() == 0 ? 0 : (int) Math.max(1, row.count() * WIDTH / most);
        String line = String.format(Locale.ROOT, "  up to %9.3f ms %8.4f%%  %s",
                row.upTo() / 1e6, row.count() * 100.0 / all, "#".repeat(length));
        return line.stripTrailing();
    }
}

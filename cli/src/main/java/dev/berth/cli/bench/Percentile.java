package dev.berth.cli.bench;

import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * A percentile that reports name.
 *
 * @param name as it is written, for instance {@code p99.9}
 */
record Percentile(String name, double percent) {
    static final List<Percentile> REPORTED = List.of(
            new Percentile("p50", 50),
            new Percentile("p90", 90),
            new Percentile("p99", 99),
            new Percentile("p99.9", 99.9),
            new Percentile("p99.99", 99.99),
            new Percentile("max", 100));

    /** Its value in nanoseconds. */
    long of(Histogram latencies) {
        return latencies.getValueAtPercentile(percent);
    }
}

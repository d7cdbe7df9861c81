package dev.berth.cli.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;

/** What a run measured. */
public final class Result {
    private final Load load;
    private final Histogram latencies;
    private final Duration measured;
    private final List<Failure> failures;
    private final boolean endedEarly;

    Result(Load load, Histogram latencies, Duration measured, List<Failure> failures, boolean endedEarly) {
        this.load = load;
        this.latencies = latencies;
        this.measured = measured;
        this.failures = List.copyOf(failures);
        this.endedEarly = endedEarly;
    }

    /** What was asked for. */
    Load load() {
        return load;
    }

    /** In nanoseconds. */
    Histogram latencies() {
        return latencies;
    }

    /** From the end of the warm-up to the end, or to the last answer that counted where that came later. */
    Duration measured() {
        return measured;
    }

    /** Whether it was ended before its time. */
    boolean endedEarly() {
        return endedEarly;
    }

    /** How many messages counted. */
    public long messages() {
        return latencies.getTotalCount();
    }

    /** How many of them a second. */
    double perSecond() {
        return measured.isPositive() ? messages() / (measured.toNanos() / 1e9) : 0;
    }

    /** The messages' own bytes a second, in one direction. */
    double bytesPerSecond() {
        return perSecond() * load.messageBytes();
    }

    /** What went wrong, one for each connection that did not do its part. */
    public List<Failure> failures() {
        return failures;
    }

    /** How often each kind of failure happened. */
    Map<Failure.Kind, Long> counted() {
        Map<Failure.Kind, Long> counts = new EnumMap<>(Failure.Kind.class);
        failures.forEach(failure -> counts.merge(failure.kind(), 1L, Long::sum));
        return counts;
    }

    /** One failure of a kind, in its own words. */
    String example(Failure.Kind kind) {
        return failures.stream().filter(failure -> failure.kind() == kind).findFirst().orElseThrow().text();
    }

    /** From when latencies count, in the report's words. */
    String basis() {
        return load.traffic().rate().isPresent()
                ? "from when a message was due, corrected for coordinated omission"
                : "closed loop, not corrected";
    }
}

package dev.berth.acceptance.longrun;

import java.time.Duration;
import java.util.Locale;

import org.HdrHistogram.Histogram;

/** What ordinary clients go through beside one kind of hostile ones, and just before those come. For one thread. */
final class Suffering {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;
    private static final int DIGITS = 3;
    private static final Duration IN_TIME = Duration.ofMillis(200);
    private static final double PERCENT = 100;
    private static final double HALF = 50;

    private final String kind;
    private final Histogram calm = new Histogram(DIGITS);
    private final Histogram attacked = new Histogram(DIGITS);
    private final Histogram elsewhere = new Histogram(DIGITS);
    private double highestInTime;

    Suffering(String kind) {
        this.kind = kind;
    }

    /** The hostile kind's name. */
    String kind() {
        return kind;
    }

    /** Just before they come. */
    void calm(Histogram times) {
        calm.add(times);
    }

    /** Beside them, in a window in which so many questions were due. */
    void attacked(Histogram times, double due) {
        attacked.add(times);
        highestInTime = Math.max(highestInTime, PERCENT * times.getCountBetweenValues(0, IN_TIME.toNanos()) / due);
    }

    /** While the same attack meets another server on this machine. */
    void elsewhere(Histogram times) {
        elsewhere.add(times);
    }

    /** Percentiles in milliseconds: the median, 99 and 99.9, while nobody harms. */
    double[] calmMillis() {
        return millis(calm);
    }

    /** The same under attack. */
    double[] attackedMillis() {
        return millis(attacked);
    }

    /** Of a histogram of nanoseconds. */
    static double[] millis(Histogram times) {
        return new double[] {millis(times, P50), millis(times, P99), millis(times, P999)};
    }

    private static double millis(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    /**
     * Judged: in one window at least, half of all questions were answered in time, whatever it is in calm. Who is held up by hostile
     * clients is so in every window; a busy machine holds up in some.
     */
    Row inTimeRow() {
        return Row.atLeast("questions beside " + kind + " answered within " + IN_TIME.toMillis() + " ms, in the best window", HALF, highestInTime, "%");
    }

    /** Judged: the 99th percentile is at most so many times what it is in calm, and at most so many milliseconds. */
    Row row(double mostTimes, double mostMillis) {
        double before = calmMillis()[1];
        double now = attackedMillis()[1];
        return new Row(
                "victims' p99 beside " + kind + ", of " + attacked.getTotalCount() + " answers",
                String.format(Locale.ROOT, "at most %.1f x %.3f ms, and %.0f ms", mostTimes, before, mostMillis),
                String.format(Locale.ROOT, "%.3f ms = %.2f x (attack elsewhere: %.2f x)", now, now / before, millis(elsewhere, P99) / before),
                now <= mostTimes * before && now <= mostMillis);
    }
}

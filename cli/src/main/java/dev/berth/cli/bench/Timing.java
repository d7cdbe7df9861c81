package dev.berth.cli.bench;

import java.time.Duration;

import dev.berth.cli.args.Durations;

/**
 * How long a run's parts last.
 *
 * @param warmUp before anything is counted; zero for none
 * @param duration what is counted
 * @param timeout how long connecting, and any one answer, may take
 */
public record Timing(Duration warmUp, Duration duration, Duration timeout) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Times that a run can keep.
     *
     * @throws IllegalArgumentException naming the option, its value and what is allowed
     */
    public Timing {
        if (warmUp.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("--warm-up is " + Durations.text(warmUp) + "; allowed are 0s to 24h");
        }
        require("--duration", duration);
        require("--timeout", timeout);
    }

    private static void require(String option, Duration value) {
        if (!value.isPositive() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(option + " is " + Durations.text(value) + "; allowed are 1ms to 24h");
        }
    }
}

package dev.berth.cli.torture;

import java.time.Duration;

/**
 * What bounds a run.
 *
 * @param connections how many an attack has at once
 * @param duration how long each attack lasts at most
 * @param patience how long the victim may wait before it counts as harmed
 * @param recovery how long the server may need to serve the victim again after an attack
 */
public record Limits(int connections, Duration duration, Duration patience, Duration recovery) {
    private static final int MOST_CONNECTIONS = 10_000;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Checks the ranges. */
    public Limits {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("--connections is " + connections + ", allowed are 1 to " + MOST_CONNECTIONS);
        }
        check("--duration", duration);
        check("--patience", patience);
        check("--recovery", recovery);
    }

    private static void check(String option, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(option + " is out of range; allowed are 100ms to 10m");
        }
    }
}

package dev.berth.cli.bench;

import java.util.OptionalInt;

/**
 * How many messages are under way.
 *
 * @param connections how many connections, all open for the whole run
 * @param depth how many messages each may have sent without an answer
 * @param rate messages a second over all connections; empty sends the next one as soon as there is room
 */
public record Traffic(int connections, int depth, OptionalInt rate) {
    private static final int MAX_CONNECTIONS = 60_000;
    private static final int MAX_DEPTH = 1 << 20;
    private static final int MAX_RATE = 100_000_000;

    /**
     * Traffic that a run can make.
     *
     * @throws IllegalArgumentException naming the option, its value and what is allowed
     */
    public Traffic {
        require("--connections", connections, MAX_CONNECTIONS);
        require("--depth", depth, MAX_DEPTH);
        rate.ifPresent(perSecond -> require("--rate", perSecond, MAX_RATE));
    }

    private static void require(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(option + " is " + value + "; allowed are 1 to " + max);
        }
    }
}

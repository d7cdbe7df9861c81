package dev.berth.cli.bench;

import java.time.Duration;

/** The wish to end a run early. */
@FunctionalInterface
public interface Stop {

    /**
     * Waits for it for so long at most.
     *
     * @return whether it is there
     * @throws InterruptedException if the run is to end at once, without waiting for answers
     */
    boolean await(Duration limit) throws InterruptedException;
}

package dev.berth.cli.torture;

import java.util.List;

/**
 * What a run found out.
 *
 * @param target who was attacked
 * @param limits what bounded the run
 * @param speech what was said
 * @param calm what the victim saw before
 * @param outcomes one for each attack that was made, in order
 * @param endedEarly whether attacks were left out: the run was ended, or the server did not come back
 */
public record Result(Target target, Limits limits, Speech speech, Suffering calm, List<Outcome> outcomes, boolean endedEarly) {

    /** Copies the list. */
    public Result {
        outcomes = List.copyOf(outcomes);
    }

    /** How many attacks did harm. */
    public long harmful() {
        return outcomes.stream().filter(Outcome::isHarmful).count();
    }

    /** How many attacks were made. */
    public int made() {
        return outcomes.size();
    }
}

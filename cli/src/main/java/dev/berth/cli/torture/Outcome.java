package dev.berth.cli.torture;

import java.util.List;

/**
 * How one attack went.
 *
 * @param attack which one
 * @param fates what became of its connections
 * @param victim what the victim went through
 * @param recovered whether the server answered the victim afterwards
 */
record Outcome(Attack attack, List<Fate> fates, Suffering victim, boolean recovered) {

    /** Copies the list. */
    Outcome {
        fates = List.copyOf(fates);
    }

    /** Whether the server let somebody suffer for it, or is gone. */
    boolean isHarmful() {
        return victim.isHarmed() || !recovered;
    }

    /** How many connections ended this way. */
    long count(Fate.Kind kind) {
        return fates.stream().filter(fate -> fate.kind() == kind).count();
    }
}

package dev.berth.stress;

import org.jetbrains.lincheck.LincheckAssertionError;

/** Looks at the class of one planted bug, in a process whose class path has the bug first. */
final class PlantedRun {
    /** How the process ends where the bug was found. */
    static final int FOUND = 77;

    private PlantedRun() {}

    public static void main(String[] args) {
        var bug = Planted.valueOf(args[0]);
        try {
            Interleavings.check(bug.operations(), bug.model());
        } catch (LincheckAssertionError found) {
            System.out.println(found.getMessage());
            System.exit(FOUND);
        }
    }
}

package dev.berth.fuzz;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What Jazzer calls, by these names, in a process that does nothing else; hence the static state. One thread. */
public final class FramingTarget {

    /** As an argument: fuzz the framings with a planted bug. */
    static final String PLANTED = "planted";

    private static List<String> notations = List.of();
    private static long[] executions = {};
    private static boolean isPlanted;
    private static Set<Planted> unfound = Set.of();

    private FramingTarget() {}

    /** Fuzzes all framings, or those with a planted bug, each until it is found. */
    public static void fuzzerInitialize(String[] args) {
        isPlanted = List.of(args).contains(PLANTED);
        unfound = isPlanted ? EnumSet.allOf(Planted.class) : EnumSet.noneOf(Planted.class);
        notations = isPlanted ? unfound.stream().map(Planted::notation).toList() : FuzzedFramings.notations();
        executions = new long[notations.size() + 1];
    }

    /** Tries one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzCase tried = FuzzCase.of(input, notations);
        int known = notations.indexOf(tried.notation());
        executions[known < 0 ? notations.size() : known]++;
        try {
            if (isPlanted) {
                checkPlanted(tried);
            } else {
                Promises.check(tried);
            }
        } catch (Throwable broken) {
            unfound.removeIf(planted -> planted.notation().equals(tried.notation()));
            System.out.println("corpus line: " + tried);
            throw broken;
        }
    }

    /** Says how often each framing was tried. */
    public static void fuzzerTearDown() {
        for (int i = 0; i < notations.size(); i++) {
            System.out.println("tried: " + executions[i] + " " + notations.get(i));
        }
        System.out.println("tried: " + executions[notations.size()] + " (notations made up)");
        System.out.println("tried: " + Arrays.stream(executions).sum() + " (all)");
    }

    private static void checkPlanted(FuzzCase tried) {
        for (Planted planted : unfound) {
            if (planted.notation().equals(tried.notation())) {
                Promises.check(planted, tried);
            }
        }
    }
}

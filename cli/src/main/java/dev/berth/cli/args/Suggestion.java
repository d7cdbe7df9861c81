package dev.berth.cli.args;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that somebody most likely meant: few keys apart, swapped neighbours count as one. */
public final class Suggestion {
    private Suggestion() {}

    /** The nearest of the known words, where one is near enough to be worth a question. */
    public static Optional<String> nearest(String typed, Collection<String> known) {
        return known.stream()
                .filter(word -> isNear(typed, word))
                .min(Comparator.comparingInt(word -> distance(typed, word)));
    }

    /** The end of an error message: {@code ; did you mean echo?}, or nothing where no known word is near. */
    public static String question(String typed, Collection<String> known) {
        return nearest(typed, known).map(word -> "; did you mean " + word + "?").orElse("");
    }

    private static boolean isNear(String typed, String word) {
        // A third of the letters may be wrong; a beginning that is long enough to mean something counts too.
        boolean begins = typed.length() >= 3 && word.startsWith(typed);
        return begins || distance(typed, word) <= Math.max(typed.length(), word.length()) / 3;
    }

    /** How many insertions, deletions, changes and swaps of neighbours lie between two words (Damerau-Levenshtein). */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}

package dev.berth.server;

import java.util.EnumMap;
import java.util.Map;

/** How often each reason was given. Not thread-safe. To count takes no memory, which an {@link EnumMap} of numbers would. */
@SuppressWarnings("EnumOrdinal") // an index for as long as the process runs
final class ReasonCounts<R extends Enum<R>> {
    private final Class<R> reasons;
    private final long[] counts;

    ReasonCounts(Class<R> reasons) {
        this.reasons = reasons;
        counts = new long[reasons.getEnumConstants().length];
    }

    void count(R reason) {
        counts[reason.ordinal()]++;
    }

    /** The reasons that were given, and how often so far. */
    Map<R, Long> given() {
        Map<R, Long> given = new EnumMap<>(reasons);
        for (var reason : reasons.getEnumConstants()) {
            if (counts[reason.ordinal()] > 0) {
                given.put(reason, counts[reason.ordinal()]);
            }
        }
        return given;
    }
}

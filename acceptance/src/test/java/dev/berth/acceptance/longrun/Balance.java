package dev.berth.acceptance.longrun;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** P22: a server's ledger must add up, whatever happened: each end has exactly one reason, and was told exactly once. */
final class Balance {

    private Balance() {}

    /** What does not add up in a ledger, in words; nothing if all does. In any ledger, also in the middle of a load. */
    static List<String> faults(Map<String, Long> ledger) {
        var faults = new ArrayList<String>();
        same(faults, "accepted", ledger.getOrDefault("accepted", 0L), "refused + waiting + live + closed",
                of(ledger, "refused") + of(ledger, "waiting") + of(ledger, "live") + of(ledger, "closed"));
        same(faults, "refused", of(ledger, "refused"), "the sum of its reasons", sum(ledger, "refused."));
        same(faults, "closed", of(ledger, "closed"), "the sum of its reasons", sum(ledger, "closed."));
        same(faults, "ends told twice", of(ledger, "told.endedTwice"), "none", 0);
        return faults;
    }

    /** The same for a server without clients, where what was told is also complete. */
    static List<String> faultsAtRest(Map<String, Long> ledger) {
        var faults = new ArrayList<>(faults(ledger));
        same(faults, "live", of(ledger, "live"), "nobody", 0);
        same(faults, "waiting", of(ledger, "waiting"), "nobody", 0);
        same(faults, "clients in the snapshot", of(ledger, "clients"), "nobody", 0);
        same(faults, "opened", of(ledger, "told.opened"), "closed", of(ledger, "closed"));
        ledger.forEach((name, count) -> {
            if (name.startsWith("refused.") || name.startsWith("closed.")) {
                same(faults, name, count, "as often as it was told", of(ledger, "told." + name));
            }
        });
        same(faults, "all ends told", sum(ledger, "told.refused.") + sum(ledger, "told.closed."), "accepted", of(ledger, "accepted"));
        return faults;
    }

    /** The faults as a figure. */
    static Row row(List<String> faults) {
        var measured = faults.isEmpty() ? "balanced" : String.join("; ", faults);
        return new Row("ledger: sum of reasons = ends = accepted - live", "balanced", measured, faults.isEmpty());
    }

    /** Ends of all kinds so far. */
    static long ends(Map<String, Long> ledger) {
        return of(ledger, "refused") + of(ledger, "closed");
    }

    static long of(Map<String, Long> ledger, String name) {
        return ledger.getOrDefault(name, 0L);
    }

    private static long sum(Map<String, Long> ledger, String prefix) {
        return ledger.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void same(List<String> faults, String what, long number, String other, long otherNumber) {
        if (number != otherNumber) {
            faults.add("%s is %d, %s %d".formatted(what, number, other, otherNumber));
        }
    }
}

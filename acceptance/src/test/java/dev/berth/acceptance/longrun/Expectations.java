package dev.berth.acceptance.longrun;

import java.util.Map;
import java.util.TreeMap;

/** Whether a ledger counted every kind of end as often as it was caused. */
final class Expectations {
    private Expectations() {}

    static Row row(Map<String, Long> expected, Map<String, Long> ledger) {
        var wrong = new TreeMap<String, String>();
        expected.forEach((name, count) -> {
            long counted = Balance.of(ledger, name);
            if (counted != count) {
                wrong.put(name, counted + " instead of " + count);
            }
        });
        ledger.forEach((name, count) -> {
            if ((name.startsWith("closed.") || name.startsWith("refused.")) && count > 0 && !expected.containsKey(name)) {
                wrong.put(name, count + " instead of none");
            }
        });
        return new Row("every end counted under the reason that was caused", "all", wrong.isEmpty() ? "all" : wrong.toString(), wrong.isEmpty());
    }
}

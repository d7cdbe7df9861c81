package dev.berth.acceptance.longrun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** P4: a million connects with ten kinds of outcomes leave no descriptor behind. P22 is judged on the same run. */
final class Descriptors implements Promise {
    private static final int OF_EACH_KIND = 100_000;
    private static final int ENDED_AT_ONCE = 1_000;
    private static final int STEP = 10_000;
    private static final List<String> FLAGS = List.of("-Xmx512m");

    @Override
    public String name() {
        return "p4-descriptors";
    }

    @Override
    public String promised() {
        return """
                1,000,000 connects, 100,000 for each of ten kinds of outcomes: served, reset, silent until the deadline, bad frame, frame
                too large, refused over a limit, handler failed, slow consumer cut, in the queue in vain (half leave, half time out),
                ended by the server (half by a drain, half by close). The server's process has as many descriptors after them as before.""";
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        int ofEachKind = run.either(OF_EACH_KIND, 20);
        int mixed = ofEachKind * Outcome.values().length;
        try (var server = TargetProcess.start(run, FLAGS, Churn.settings(run))) {
            server.warmUp();
            var churn = new Churn(run, server);
            churn.mixed(run.either(100, 2) * Outcome.values().length, 0);
            churn.ended(2, "drain");
            churn.ended(2, "close");
            var warmedUp = AtRest.ledger(server);
            var before = server.possessions();
            run.note("before: " + before);
            var faults = new ArrayList<String>();

            long start = System.nanoTime();
            for (int done = 0; done < mixed; done += STEP) {
                churn.mixed(Math.min(STEP, mixed - done), 0);
                faults.addAll(balance(run, server, start));
            }
            for (int done = 0; done < ofEachKind; done += STEP) {
                churn.queued(Math.min(STEP, ofEachKind - done));
                faults.addAll(balance(run, server, start));
            }
            for (int done = 0, round = 0; done < ofEachKind; done += ENDED_AT_ONCE, round++) {
                churn.ended(Math.min(ENDED_AT_ONCE, ofEachKind - done), round % 2 == 0 ? "drain" : "close");
                faults.addAll(balance(run, server, start));
            }

            var ledger = AtRest.ledger(server);
            var after = server.possessions();
            run.note("after: " + after);
            run.note("ledger: " + ledger);
            churn.surprises().stream().limit(20).forEach(run::note);
            faults.addAll(Balance.faultsAtRest(ledger));
            long connects = Balance.of(ledger, "accepted") - Balance.of(warmedUp, "accepted");
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            run.note("%d connects, among them those that only fill places, in %d s".formatted(connects, seconds));
            return List.of(
                    Row.atLeast("connects", 10.0 * ofEachKind, (double) connects, ""),
                    Row.exactly("descriptors more than before", 0, more(before, after, "descriptors")),
                    Row.exactly("sockets more than before", 0, more(before, after, "sockets")),
                    Row.exactly("clients that met something else than expected", 0, churn.surprises().size()),
                    Balance.row(faults),
                    Expectations.row(churn.expected(), ledger));
        }
    }

    /** In the middle of it all. */
    private static List<String> balance(Run run, TargetProcess server, long start) throws Exception {
        var ledger = server.ledger();
        run.progress("%,d accepted, %,d live, after %d s".formatted(Balance.of(ledger, "accepted"), Balance.of(ledger, "live"),
                Duration.ofNanos(System.nanoTime() - start).toSeconds()));
        return Balance.faults(ledger);
    }

    private static long more(Map<String, Long> before, Map<String, Long> after, String what) {
        return Balance.of(after, what) - Balance.of(before, what);
    }
}

package dev.berth.acceptance.longrun;

import java.util.List;

/** P22: at every moment each client that was accepted is refused, waits, is served or has ended, for exactly one reason that was told. */
final class EveryEnd implements Promise {
    private static final int ROUNDS = 20;
    private static final int MIXED = 8_000;
    private static final int QUEUED = 1_000;
    private static final int ENDED = 500;
    private static final List<String> FLAGS = List.of("-Xmx512m");

    @Override
    public String name() {
        return "p22-every-end";
    }

    @Override
    public String promised() {
        return """
                Every end has exactly one reason, is counted once and told once: in every snapshot, taken hundreds of times a second while clients of
                ten kinds of outcomes come and go, the sum of the reasons is the number of ends is accepted less live and waiting.
                Every other promise checks it on its own server too, and reports it in a row of its own.""";
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        try (var server = TargetProcess.start(run, FLAGS, Churn.settings(run))) {
            server.ask("audit");
            var churn = new Churn(run, server);
            for (int round = 0; round < run.either(ROUNDS, 1); round++) {
                churn.mixed(run.either(MIXED, 160), 0);
                churn.queued(run.either(QUEUED, 40));
                churn.ended(run.either(ENDED, 20), "drain");
                churn.ended(run.either(ENDED, 20), "close");
                run.progress("round " + round);
            }
            var ledger = AtRest.ledger(server);
            var audit = server.ask("audit");
            run.note("ledger: " + ledger);
            churn.surprises().stream().limit(20).forEach(run::note);
            return List.of(
                    Balance.row(Balance.faultsAtRest(ledger)),
                    Row.exactly("snapshots that did not add up", 0, Balance.of(audit, "imbalances")),
                    Row.atLeast("snapshots looked at", 100, (double) Balance.of(audit, "snapshots"), ""),
                    Row.exactly("clients that met something else than expected", 0, churn.surprises().size()),
                    Expectations.row(churn.expected(), ledger));
        }
    }
}

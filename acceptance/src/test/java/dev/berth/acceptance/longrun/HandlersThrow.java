package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** P12: whatever a handler throws, its own client ends and nobody else is affected. */
final class HandlersThrow implements Promise {
    private static final List<String> KINDS = List.of("CHECKED", "UNCHECKED", "WITHOUT_MESSAGE", "INTERRUPTION", "ASSERTION", "MISSING_CLASS",
            "FAILED_INITIALIZER", "RECURSION", "MEMORY", "OWN_THROWABLE", "HOSTILE", "CYCLIC");
    private static final int THROWS = 100_000;
    private static final int OTHERS = 20;
    private static final int THROWERS = 8;
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final List<String> FLAGS = List.of("-Xmx256m");

    @Override
    public String name() {
        return "p12-handlers-throw";
    }

    @Override
    public String promised() {
        return """
                %,d handlers throw, of %d kinds of throwables, a real stack overflow among them: each ends its own client with its reason, and
                none of %d other clients, who ask all the time, gets a wrong answer or an end.""".formatted(THROWS, KINDS.size(), OTHERS);
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        int count = run.either(THROWS, 1_200);
        try (var server = TargetProcess.start(run, FLAGS, List.of())) {
            List<String> harm;
            try (var others = Others.ask(OTHERS, server.port(), PAUSE)) {
                throwAll(run, server.port(), count);
                harm = others.errors();
                run.note("others: %d answers, the slowest after %d ms, errors %s"
                        .formatted(others.answers(), others.slowest().toMillis(), harm));
            }
            var ledger = AtRest.ledger(server);
            run.note("ledger: " + ledger);
            int interruptions = (count + KINDS.size() - 1 - KINDS.indexOf("INTERRUPTION")) / KINDS.size();
            return List.of(
                    Row.exactly("other clients affected", 0, harm.size()),
                    Row.exactly("ends with HANDLER_ERROR", count - interruptions, Balance.of(ledger, "closed.HANDLER_ERROR")),
                    Row.exactly("ends with INTERRUPTED, where that is what was thrown", interruptions, Balance.of(ledger, "closed.INTERRUPTED")),
                    Row.exactly("handler failures told", count, Balance.of(ledger, "told.handlerFailed")),
                    Balance.row(Balance.faultsAtRest(ledger)));
        }
    }

    private static void throwAll(Run run, int port, int count) throws Exception {
        var next = new AtomicInteger();
        Callable<Boolean> throwing = () -> {
            for (int i; (i = next.getAndIncrement()) < count; ) {
                throwOne(port, KINDS.get(i % KINDS.size()));
                if (i > 0 && i % 10_000 == 0) {
                    run.progress("%,d handlers have thrown".formatted(i));
                }
            }
            return true;
        };
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(THROWERS)) {
            var all = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < THROWERS; i++) {
                all.add(throwing);
            }
            for (var done : threads.invokeAll(all)) {
                done.get();
            }
        }
        run.note("%d throws in %s".formatted(count, Duration.ofNanos(System.nanoTime() - start)));
    }

    private static void throwOne(int port, String kind) throws IOException {
        try (var peer = new Peer(port)) {
            peer.send("throw " + kind).awaitEnd();
        }
    }
}

package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Waiting until a server has nothing left to do. */
final class AtRest {
    static final Duration LIMIT = Duration.ofSeconds(30);
    static final Duration LOOK_EVERY = Duration.ofMillis(20);


    /** Longer than anything of a server stays after its end: its sweeper looks once more after a second. */
    private static final Duration STAYS = Duration.ofMillis(1_200);

    private AtRest() {}

    /** The ledger once it adds up for a server without clients, or as it is after half a minute. */
    static Map<String, Long> ledger(TargetProcess server) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var ledger = server.ledger();
        while (!Balance.faultsAtRest(ledger).isEmpty() && System.nanoTime() - start < LIMIT.toNanos()) {
            Thread.sleep(LOOK_EVERY);
            ledger = server.ledger();
        }
        return ledger;
    }

    /** How many of Berth's objects are alive once there are no fewer later, or as it is after half a minute. */
    static Map<String, Long> objects(TargetProcess server) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var before = server.ask("objects");
        while (true) {
            Thread.sleep(STAYS);
            var now = server.ask("objects");
            if (now.equals(before) || System.nanoTime() - start > LIMIT.toNanos()) {
                return now;
            }
            before = now;
        }
    }
}

package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** P13: handlers that keep every carrier cost the others no second. */
final class BusyCarriers implements Promise {
    private static final int CYCLES = 60;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int OTHERS = 5;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration HELD = Duration.ofSeconds(1);
    private static final Duration QUEUE_TIMEOUT = Duration.ofMillis(200);
    private static final double MOST_SECONDS = 1;
    private static final double BUSY_MACHINE_SECONDS = 15;
    private static final List<String> FLAGS = List.of("-Xmx128m");

    /** The hogs, those who ask, and one newcomer have a place; one client may wait. */
    private static final List<String> SETTINGS = List.of(
            "maxConnections=" + (PROCESSORS + 2 + OTHERS + 1), "maxQueued=1", "queueTimeout=" + QUEUE_TIMEOUT.toMillis(), "busyNotice=BUSY");

    /** The longest waits so far, in nanoseconds. */
    private static final class Slowest {
        private long accepted;
        private long timedOut;
        private long refused;
    }

    @Override
    public String name() {
        return "p13-busy-carriers";
    }

    @Override
    public String promised() {
        return """
                One handler more than there are processors computes without end, without a call, and one more reads a pipe that says nothing: a
                newcomer is accepted and answered, one too many refused, one in the queue timed out and everybody else answered, each within
                %.0f s, from the first moment on and while it lasts, %d times over.""".formatted(MOST_SECONDS, CYCLES);
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        var hogs = new ArrayList<Peer>();
        var slowest = new Slowest();
        try (var server = TargetProcess.start(run, FLAGS, SETTINGS);
                var others = Others.ask(OTHERS, server.port(), PAUSE)) {
            for (int i = 0; i < PROCESSORS + 2; i++) {
                hogs.add(new Peer(server.port()));
            }
            for (int cycle = 0; cycle < run.either(CYCLES, 2); cycle++) {
                for (var hog : hogs) {
                    hog.send(hog.equals(hogs.getLast()) ? "pipe" : "compute");
                }
                long start = System.nanoTime();
                do {
                    oneRound(server.port(), slowest);
                } while (System.nanoTime() - start < HELD.toNanos());
                while (Balance.of(server.ask("busy"), "handlers") < hogs.size()) {
                    oneRound(server.port(), slowest);
                }
                server.ask("release");
                for (var hog : hogs) {
                    hog.send("again");
                    hog.line();
                }
                run.progress("cycle %d: accepted %.3f s, timed out %.3f s, refused %.3f s, answered %.3f s".formatted(cycle, seconds(slowest.accepted),
                        seconds(slowest.timedOut), seconds(slowest.refused), seconds(others.slowest().toNanos())));
            }
            run.note("slowest: newcomer answered %.3f s, queue timeout told %.3f s, refusal told %.3f s, answer to others %.3f s of %d".formatted(
                    seconds(slowest.accepted), seconds(slowest.timedOut), seconds(slowest.refused), seconds(others.slowest().toNanos()), others.answers()));
            run.note("starved: " + server.reports("starved"));
            var ledger = server.ledger();
            run.note("ledger: " + ledger);
            double most = run.either(MOST_SECONDS, BUSY_MACHINE_SECONDS);
            return List.of(
                    Row.atMost("newcomer accepted and answered", most, seconds(slowest.accepted), "s"),
                    Row.atMost("timed out in the queue, its 0.2 s included", most, seconds(slowest.timedOut), "s"),
                    Row.atMost("one too many refused", most, seconds(slowest.refused), "s"),
                    Row.atMost("others answered", most, seconds(others.slowest().toNanos()), "s"),
                    Row.exactly("others harmed", 0, others.errors().size()),
                    Balance.row(Balance.faults(ledger)));
        } finally {
            for (var hog : hogs) {
                hog.close();
            }
        }
    }

    /** A newcomer, one who waits until the queue's timeout, one more who is refused at once. */
    private static void oneRound(int port, Slowest slowest) throws IOException {
        long start = System.nanoTime();
        try (var newcomer = new Peer(port)) {
            expect("accepted", newcomer.send("accepted").line());
            slowest.accepted = Math.max(slowest.accepted, System.nanoTime() - start);

            long queued = System.nanoTime();
            try (var waiting = new Peer(port)) {
                long tooMany = System.nanoTime();
                try (var refused = new Peer(port)) {
                    expect("BUSY", refused.line());
                    slowest.refused = Math.max(slowest.refused, System.nanoTime() - tooMany);
                }
                expect("BUSY", waiting.line());
                slowest.timedOut = Math.max(slowest.timedOut, System.nanoTime() - queued);
            }
            newcomer.endOutput();
            newcomer.awaitEnd();
        }
    }

    private static void expect(String expected, @Nullable String line) throws IOException {
        if (!expected.equals(line)) {
            throw new IOException("waited for " + expected + ", was told " + line);
        }
    }

    private static double seconds(long nanos) {
        return nanos / (double) Duration.ofSeconds(1).toNanos();
    }
}

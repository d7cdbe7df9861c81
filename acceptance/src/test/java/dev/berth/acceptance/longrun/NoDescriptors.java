package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.berth.acceptance.LineProcess;

/** P11: a process without descriptors serves who is there, waits at little cost, and accepts again at once when there are some. */
final class NoDescriptors implements Promise {
    private static final Duration EXHAUSTED = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int OTHERS = 50;
    private static final int NEWCOMERS = 100;
    private static final String USUAL_LIMIT = "4096";
    private static final double MOST_SECONDS = 1.1;
    private static final double BUSY_MACHINE_SECONDS = 10;
    private static final int MOST_LINES = 10;
    private static final double TRIES_IN_THE_FIRST_SECOND = 8;
    private static final double MOST_CPU = 5;
    private static final double BUSY_MACHINE_CPU = 50;
    private static final double PER_CENT = 100;
    private static final List<String> FLAGS = List.of("-Xmx128m");

    @Override
    public String name() {
        return "p11-no-descriptors";
    }

    @Override
    public String promised() {
        return """
                A live process is left without descriptors (prlimit) for %d s while %d clients are served and %d more connect: nobody who was there
                is lost, accepting is back within %.1f s of relief, at most %d failures are reported, and all of it costs less than %.0f %% of
                one processor, the answers to who is there included.""".formatted(EXHAUSTED.toSeconds(), OTHERS, NEWCOMERS, MOST_SECONDS, MOST_LINES, MOST_CPU);
    }

    @Override
    public List<String> lacking() throws IOException, InterruptedException {
        return LineProcess.exists("prlimit") ? List.of() : List.of("prlimit, which is in Debian's package util-linux");
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        var exhausted = run.either(EXHAUSTED, Duration.ofSeconds(2));
        var newcomers = new ArrayList<Peer>();
        try (var server = TargetProcess.start(run, FLAGS, List.of());
                var others = Others.ask(OTHERS, server.port(), PAUSE)) {
            limit(server, "1");
            for (int i = 0; i < NEWCOMERS; i++) {
                newcomers.add(new Peer(server.port()).send("newcomer " + i));
            }
            server.await("acceptFailed");
            var cpuBefore = server.cpuTime();
            long triesBefore = Balance.of(server.ledger(), "acceptErrors");
            Thread.sleep(exhausted);
            var cpu = server.cpuTime().minus(cpuBefore);
            long tries = Balance.of(server.ledger(), "acceptErrors") - triesBefore;
            int lines = 1 + server.reports("acceptFailed").size();
            var harm = others.errors();

            long relief = System.nanoTime();
            limit(server, USUAL_LIMIT);
            double first = answered(newcomers.getFirst(), 0, relief);
            double last = first;
            for (int i = 1; i < newcomers.size(); i++) {
                last = answered(newcomers.get(i), i, relief);
            }
            run.note("%s without descriptors: %d tries to accept, %s of processor time, %d reports".formatted(exhausted, tries, cpu, lines));
            run.note("first newcomer answered %.3f s after relief, the last of %d after %.3f s".formatted(first, NEWCOMERS, last));
            run.note("others: %d answers, slowest after %d ms, errors %s".formatted(others.answers(), others.slowest().toMillis(), harm));
            var ledger = server.ledger();
            run.note("ledger: " + ledger);
            return List.of(
                    Row.exactly("clients lost that were there", 0, harm.size()),
                    Row.atMost("from relief to the first newcomer's answer", run.either(MOST_SECONDS, BUSY_MACHINE_SECONDS), first, "s"),
                    // 10 ms doubling to 1 s: eight tries in the first second, then one each second.
                    Row.atMost("tries to accept meanwhile", TRIES_IN_THE_FIRST_SECOND + exhausted.toSeconds(), (double) tries, ""),
                    Row.atMost("reports of failed accepts", MOST_LINES, lines, ""),
                    Row.atMost("of one processor meanwhile", run.either(MOST_CPU, BUSY_MACHINE_CPU),
                            PER_CENT * cpu.toNanos() / exhausted.toNanos(), "%"),
                    Balance.row(Balance.faults(ledger)));
        } finally {
            for (var newcomer : newcomers) {
                newcomer.close();
            }
        }
    }

    /** Seconds until the client has its answer. */
    private static double answered(Peer newcomer, int number, long since) throws IOException {
        var answer = newcomer.line();
        if (!("newcomer " + number).equals(answer)) {
            throw new IOException("newcomer " + number + " was answered " + answer);
        }
        return (System.nanoTime() - since) / (double) Duration.ofSeconds(1).toNanos();
    }

    /** New descriptors must have a lower number than this from now on; who is open stays so. */
    private static void limit(TargetProcess server, String descriptors) throws IOException, InterruptedException {
        int code = new ProcessBuilder("prlimit", "--pid", String.valueOf(server.pid()), "--nofile=" + descriptors + ":")
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("prlimit failed with " + code);
        }
    }
}

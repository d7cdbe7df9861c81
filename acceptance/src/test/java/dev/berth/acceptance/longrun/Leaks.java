package dev.berth.acceptance.longrun;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** P5: an hour of clients that come and go leaves nothing behind: no object, thread, place, descriptor; the heap does not grow. */
final class Leaks implements Promise {
    private static final int PER_SECOND = 300;
    private static final int MINUTES = 60;
    private static final int MIXED = PER_SECOND * 56;
    private static final int QUEUED = 200;
    private static final int CUT = 100;
    /** Classes are loaded, caches filled, code compiled until then. */
    private static final int WARM_UP = 5;
    private static final double MOST_SLOPE = 1.0;
    private static final List<String> FLAGS = List.of("-Xmx256m");
    private static final double MIB = 1 << 20;

    /** What there was at the end of a minute, when nobody was there. */
    private record Sample(double hours, Map<String, Long> possessions, Map<String, Long> objects) {}

    @Override
    public String name() {
        return "p5-leaks";
    }

    @Override
    public String promised() {
        return """
                An hour of clients of one server that come and go, %d a second, of ten kinds of outcomes. Each minute all leave, and what its
                process has after full collections is compared with the first such minute: no object of Berth's classes more, no virtual
                thread, no place, no descriptor; from minute %d on the heap grows by less than %.0f MB an hour.""".formatted(PER_SECOND, WARM_UP, MOST_SLOPE);
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        int minutes = run.either(MINUTES, 2);
        int warmUp = run.either(WARM_UP, 1);
        var samples = new ArrayList<Sample>();
        var faults = new ArrayList<String>();
        try (var server = TargetProcess.start(run, FLAGS, Churn.settings(run))) {
            server.warmUp();
            var churn = new Churn(run, server);
            long start = System.nanoTime();
            run.note("minute  time      connects  descriptors  sockets  virtual  platform  heap bytes  rss KiB  Berth's objects  faults");
            for (int minute = 1; minute <= minutes; minute++) {
                churn.mixed(run.either(MIXED, 160), PER_SECOND);
                churn.queued(run.either(QUEUED, 20));
                churn.cut(CUT);
                var ledger = AtRest.ledger(server);
                faults.addAll(Balance.faultsAtRest(ledger));
                var possessions = server.possessions();
                var objects = AtRest.objects(server);
                samples.add(new Sample((System.nanoTime() - start) / (double) Duration.ofHours(1).toNanos(), possessions, objects));
                run.note("%6d  %s  %8d  %11d  %7d  %7d  %8d  %10d  %7d  %15d  %s".formatted(minute,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().substring(11, 19), ledger.get("accepted"),
                        possessions.get("descriptors"), possessions.get("sockets"), possessions.get("virtual"), possessions.get("platform"),
                        possessions.get("heap"), possessions.get("rss"), objects.values().stream().mapToLong(Long::longValue).sum(), faults));
            }
            var ledger = AtRest.ledger(server);
            run.note("ledger: " + ledger);
            // Not judged here: an hour on a busy machine has moments in which a client is too slow to be what it is meant to be.
            run.note("clients that met something else than expected: %d, %s".formatted(churn.surprises().size(), churn.surprises().stream().limit(10).toList()));
            return rows(run, samples, warmUp, ledger);
        }
    }

    private static List<Row> rows(Run run, List<Sample> samples, int warmUp, Map<String, Long> ledger) {
        var first = samples.getFirst();
        var last = samples.getLast();
        var more = new TreeMap<>(last.objects());
        more.replaceAll((name, count) -> count - first.objects().getOrDefault(name, 0L));
        more.values().removeIf(count -> count == 0);
        run.note("Berth's objects at the end: " + last.objects());
        run.note("of them more or fewer than at the end of the first minute: " + more);
        // The only one of its class is no client's, but made when the code there runs first: lambdas, what adds carriers.
        more.keySet().removeIf(name -> last.objects().getOrDefault(name, 0L) <= 1);
        long moreObjects = more.values().stream().filter(count -> count > 0).mapToLong(Long::longValue).sum();
        var rows = new ArrayList<>(List.of(
                Row.exactly("objects of Berth's classes more than after the first minute", 0, moreObjects),
                more(first, last, "virtual", "virtual threads"),
                more(first, last, "descriptors", "descriptors"),
                Row.exactly("places and queue positions taken", 0, Balance.of(ledger, "live") + Balance.of(ledger, "waiting")),
                Balance.row(Balance.faultsAtRest(ledger))));
        if (!run.isQuick()) {
            rows.add(Row.atMost("slope of the heap after collections, from minute " + warmUp, MOST_SLOPE,
                    slope(samples.subList(warmUp - 1, samples.size())) / MIB, "MB/h"));
        }
        return rows;
    }

    private static Row more(Sample first, Sample last, String name, String what) {
        long more = Balance.of(last.possessions(), name) - Balance.of(first.possessions(), name);
        return new Row(what + " more than after the first minute", "0", String.valueOf(more), more <= 0);
    }

    /** Bytes an hour, by least squares. */
    private static double slope(List<Sample> samples) {
        double hours = samples.stream().mapToDouble(Sample::hours).average().orElseThrow();
        double heap = samples.stream().mapToLong(sample -> Balance.of(sample.possessions(), "heap")).average().orElseThrow();
        double together = 0;
        double alone = 0;
        for (var sample : samples) {
            together += (sample.hours() - hours) * (Balance.of(sample.possessions(), "heap") - heap);
            alone += (sample.hours() - hours) * (sample.hours() - hours);
        }
        return together / alone;
    }
}

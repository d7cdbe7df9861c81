package dev.berth.acceptance.longrun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.HdrHistogram.Histogram;

import dev.berth.acceptance.hostile.Census;
import dev.berth.acceptance.hostile.Kind;
import dev.berth.acceptance.hostile.Mob;

/** P8: hostile clients harm nobody else. */
final class Isolation implements Promise {
    private static final double MOST_TIMES = 2;
    private static final double MOST_MILLIS = 50;
    private static final int MAX_FRAME = 16 << 10;
    private static final List<Kind> KINDS = List.of(Kind.values());

    /** The system takes 2.6 MB on a client's behalf before anybody is stuck: those who ask for much get so long before it counts. */
    private static final Duration UNTIL_CUT = Duration.ofSeconds(1);
    private static final Duration UNTIL_STUCK = Duration.ofMillis(4_500);

    private static final Duration PERIOD = Duration.ofMillis(80);
    private static final Duration ARRIVAL = Duration.ofMillis(200);
    private static final Duration CALM = Duration.ofMillis(300);
    private static final Duration AFTERMATH = Duration.ofMillis(100);
    private static final List<String> FLAGS = List.of("-Xmx512m");

    /** Short enough that hostile clients are cut, and come again, while they are looked at. */
    private static final List<String> DEADLINES =
            List.of("firstByteTimeout=1000", "frameTimeout=1000", "writeTimeout=2000", "idleTimeout=1000");
    /** As in examples/config/public.yaml. */
    private static final List<String> BUFFERS = List.of("sendBufferBytes=65536", "maxOutputBytes=262144", "softOutputBytes=65536");

    @Override
    public String name() {
        return "p8-isolation";
    }

    @Override
    public String promised() {
        return """
                Where 30 % of all clients are hostile, of each kind by itself and of all kinds at once, the 99th percentile of the others'
                answers is at most twice what it is without them, and at most 50 ms, and none of the others meets an error. 210 ordinary
                clients ask 12.5 times a second each, whatever became of the question before; windows of 1.8 s with 90 hostile clients and
                without take turns, three for each kind, in one run. The server's deadlines are short ones (first byte, frame and idle 1 s, write
                2 s), so that hostile clients are cut and come again meanwhile, but for B4, which keeps to the protocol, and A5, which looks too
                rarely; A9 and those that ask for much are there for 4.5 s before it counts, A10, which would only read what it has by then, for 1 s. Its buffers are those of examples/config/public.yaml: for
                each client the system may hold 64 KiB and its output 256 KiB. Measured besides, and not judged: what the same attack does to the
                same clients when it meets a second server, in another process, with the buffers of the defaults. On a machine with nothing else
                to do.
                """;
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        var sufferings = new ArrayList<Suffering>();
        var kinds = kinds(run);
        int victimCount = run.either(210, 21);
        int hostile = victimCount * 3 / 7;
        var window = run.either(Duration.ofMillis(1_800), Duration.ofMillis(700));
        // With the time after them: what was due in it counts too.
        double due = victimCount * (double) window.plus(AFTERMATH).toNanos() / PERIOD.toNanos();
        run.note("a while: %d ms; ordinary clients %d, hostile %d".formatted(CALM.toMillis(), victimCount, hostile));
        KINDS.forEach(kind -> run.note(kind.id() + ": " + kind.text()));
        try (var server = TwoEchoesProcess.start(run, FLAGS, MAX_FRAME, Stream.concat(DEADLINES.stream(), BUFFERS.stream()).toList());
                var elsewhere = TwoEchoesProcess.start(run, FLAGS, MAX_FRAME, DEADLINES);
                var victims = new Victims(victimCount, server.ports().lines(), PERIOD)) {
            warmUp(run, server, victims);
            warmUp(run, elsewhere, victims);
            kinds.forEach(kind -> sufferings.add(new Suffering(name(kind))));
            for (int round = 0; round < run.either(3, 2); round++) {
                for (int kind : inNoOrder(run, kinds.size(), round)) {
                    Thread.sleep(run.either(window, ARRIVAL));
                    var calm = victims.times();
                    var attack = new Attack(crowd(kinds.get(kind), hostile), before(run, kinds.get(kind)), window, run.seed() + round);
                    var mob = attack.on(server, victims);
                    var attacked = victims.times();
                    sufferings.get(kind).calm(calm);
                    sufferings.get(kind).attacked(attacked, due);
                    note(run, name(kinds.get(kind)), calm, attacked, mob);
                    if (!run.isQuick()) {
                        attack.on(elsewhere, victims);
                        sufferings.get(kind).elsewhere(victims.times());
                    }
                }
            }
            victims.troubles().forEach(run::note);
            run.picture(new SufferingPicture("Answers to ordinary clients beside 30 % hostile ones, and without").svg(sufferings));
            var rows = new ArrayList<Row>();
            for (var suffering : sufferings) {
                rows.add(run.isQuick() ? suffering.inTimeRow() : suffering.row(MOST_TIMES, MOST_MILLIS));
            }
            rows.add(Row.exactly("victims' errors", 0, victims.errors()));
            return rows;
        }
    }

    /** Each kind by itself, and all of them. In a short run some, and all of them. */
    private static List<List<Kind>> kinds(Run run) {
        var kinds = new ArrayList<List<Kind>>();
        for (var kind : run.either(KINDS, List.of(Kind.A9, Kind.B1))) {
            kinds.add(List.of(kind));
        }
        kinds.add(KINDS);
        return kinds;
    }

    private static String name(List<Kind> kinds) {
        return kinds.size() == 1 ? kinds.getFirst().id() : "all";
    }

    private static List<Kind> crowd(List<Kind> kinds, int hostile) {
        return IntStream.range(0, hostile).mapToObj(i -> kinds.get(i % kinds.size())).toList();
    }

    private static List<Integer> inNoOrder(Run run, int count, int round) {
        var order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, run.random(round));
        return order;
    }

    /** Until the compiler has seen what all of them do, it would be the compiler that is measured. */
    private static void warmUp(Run run, TwoEchoesProcess server, Victims victims) throws Exception {
        var time = run.either(Duration.ofSeconds(12), Duration.ofMillis(500));
        new Attack(crowd(KINDS, run.either(90, 17)), Duration.ZERO, time, run.seed()).on(server, victims);
        victims.times();
    }

    /** How long they are there before it counts. */
    private static Duration before(Run run, List<Kind> kinds) {
        if (kinds.equals(List.of(Kind.A10))) {
            // It sees that it was cut only once it has read what had come: later than this, nobody would do anything.
            return run.either(UNTIL_CUT, Duration.ZERO);
        }
        boolean getStuck = kinds.stream().anyMatch(List.of(Kind.A9, Kind.A9_ASKS, Kind.A10_ASKS)::contains);
        return getStuck && !run.isQuick() ? UNTIL_STUCK : Duration.ZERO;
    }

    /**
     * Hostile clients that come, stay and go.
     *
     * @param crowd who
     * @param before how long they are there before it counts
     * @param window how long it counts
     * @param seed of their pauses
     */
    private record Attack(List<Kind> crowd, Duration before, Duration window, long seed) {
        Census on(TwoEchoesProcess server, Victims victims) throws Exception {
            Census census;
            try (var mob = new Mob(server.ports(), crowd, ARRIVAL, CALM, seed)) {
                if (before.isPositive()) {
                    Thread.sleep(before);
                    victims.times();
                }
                Thread.sleep(window);
                census = mob.census();
            }
            Thread.sleep(AFTERMATH);
            return census;
        }
    }

    private static void note(Run run, String kind, Histogram calm, Histogram attacked, Census mob) {
        run.note(String.format(Locale.ROOT, "%-9s calm p50 %.3f p99 %.3f p99.9 %.3f ms (%d); attacked p50 %.3f p99 %.3f p99.9 %.3f max %.3f ms (%d);",
                kind, Suffering.millis(calm)[0], Suffering.millis(calm)[1], Suffering.millis(calm)[2], calm.getTotalCount(),
                Suffering.millis(attacked)[0], Suffering.millis(attacked)[1], Suffering.millis(attacked)[2], attacked.getMaxValue() / 1e6,
                attacked.getTotalCount())
                + String.format(Locale.ROOT, " hostile: %d connected, %d connects, %d cut, %d left, %d ms of a processor",
                        mob.connected(), mob.connects(), mob.cut(), mob.left(), mob.cpuMillis()));
    }
}

package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.Collectors;

import dev.berth.acceptance.EchoClient;
import dev.berth.acceptance.hostile.Kind;
import dev.berth.acceptance.hostile.Mob;

/** P7: whatever clients do, memory keeps its ceiling. */
final class MemoryCeiling implements Promise {
    private static final int CLIENTS = 5_000;
    private static final int MAX_FRAME = 16 << 10;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Duration BETWEEN_VISITS = Duration.ofSeconds(1);
    private static final int VISITS_PER_NOTE = 60;
    private static final long MIB = 1 << 20;
    /** The launcher's flag: the first error of this kind would end the server, and with it this run. */
    private static final String EXIT = "-XX:+ExitOnOutOfMemoryError";

    /** Each of them has some 2.5 MiB in the kernel while it is stuck; what empty lines cost is processor time. */
    private static final List<Kind> FEWER = List.of(Kind.A9, Kind.A10, Kind.A9_ASKS, Kind.A10_ASKS, Kind.B4);

    private static final int SHARE = 4;

    @Override
    public String name() {
        return "p7-memory-ceiling";
    }

    @Override
    public String promised() {
        return """
                5,000 hostile clients of all kinds at once, each replaced as soon as it is cut or has left, on a server with -Xmx256m, for
                30 minutes: no OutOfMemoryError, and an ordinary client is served all the time. The server has the deadlines for anybody
                (first byte and frame 30 s, write 10 s, idle 5 min) and takes frames of at most 16 KiB: what is promised is places times
                what one client may have in and out, so 5,000 places times 1 MiB, the largest frame by default, would not fit into 256 MiB.
                """;
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        int clients = run.either(CLIENTS, 340);
        var duration = run.either(Duration.ofMinutes(30), Duration.ofSeconds(5));
        // The short version is shorter than the deadlines: shorter ones, then, or nobody would be cut.
        var settings = run.either(List.of("maxConnections=6000"),
                List.of("firstByteTimeout=2000", "frameTimeout=1500", "idleTimeout=2500", "writeTimeout=1000"));
        try (var server = TwoEchoesProcess.start(run, List.of(run.either("-Xmx256m", "-Xmx64m"), EXIT), MAX_FRAME, settings);
                var others = Others.ask(2, server.ports().lines(), Duration.ofMillis(100));
                var mob = mob(run, server, kinds(clients))) {
            describe(run, clients);
            long end = System.nanoTime() + duration.toNanos();
            var failed = new ArrayList<String>();
            var slowest = Duration.ZERO;
            var connected = new LongSummaryStatistics();
            for (int visit = 1; System.nanoTime() - end < 0; visit++) {
                Thread.sleep(BETWEEN_VISITS);
                try {
                    var took = visit(server, "visit " + visit);
                    slowest = took.compareTo(slowest) > 0 ? took : slowest;
                } catch (IOException e) {
                    failed.add("visit " + visit + ": " + e);
                }
                connected.accept(mob.census().connected());
                if (run.isQuick() || visit % VISITS_PER_NOTE == 0) {
                    note(run, server, mob, slowest);
                }
            }
            others.errors().forEach(error -> run.note("another client: " + error));
            failed.forEach(run::note);
            var rows = judged(clients, server, mob);
            rows.addFirst(Row.atLeast("hostile clients connected, mean of a look each second", run.either(0.9, 0.5) * clients, connected.getAverage(), ""));
            rows.add(Row.exactly("ordinary clients' errors, " + others.answers() + " answers", 0, others.errors().size() + failed.size()));
            rows.add(Row.atMost("an ordinary client's longest wait for an answer", PATIENCE_MILLIS, millis(others.slowest()), "ms"));
            rows.add(Row.atMost("an ordinary client's longest wait to connect and be answered", PATIENCE_MILLIS, millis(slowest), "ms"));
            return rows;
        }
    }

    private static Mob mob(Run run, TwoEchoesProcess server, List<Kind> kinds) throws IOException {
        var arrival = run.either(Duration.ofSeconds(20), Duration.ofMillis(500));
        var calm = run.either(Duration.ofSeconds(5), Duration.ofSeconds(1));
        run.note("a while: %d s".formatted(calm.toSeconds()));
        return new Mob(server.ports(), kinds, arrival, calm, run.seed());
    }

    private static List<Row> judged(int clients, TwoEchoesProcess server, Mob mob) throws IOException, InterruptedException {
        var rows = new ArrayList<Row>();
        var census = mob.census();
        rows.add(Row.atLeast("hostile clients cut and replaced", clients / 10.0, (double) census.cut(), ""));
        rows.add(Row.exactly("answers to who must not be answered, bytes", 0, census.surprises()));
        var load = server.ask("load");
        rows.add(Row.atMost("heap behind a collection, highest", Balance.of(load, "max") / (double) MIB, Balance.of(load, "highest") / (double) MIB, "MiB"));
        var lines = server.ask("lines");
        var lengths = server.ask("lengths");
        // Whoever asks is answered by a process that has met no OutOfMemoryError: it would be gone. One in a handler is told besides.
        rows.add(Row.exactly("OutOfMemoryErrors, and errors in handlers", 0,
                Balance.of(lines, "told.handlerFailed") + Balance.of(lengths, "told.handlerFailed")));
        rows.add(Row.exactly("accepts that failed", 0, Balance.of(lines, "acceptErrors") + Balance.of(lengths, "acceptErrors")));
        rows.add(Row.exactly("what does not add up in the ledgers", 0, Balance.faults(lines).size() + Balance.faults(lengths).size()));
        return rows;
    }

    private static double millis(Duration time) {
        return (double) time.toMillis();
    }

    private static Duration visit(TwoEchoesProcess server, String text) throws IOException {
        long start = System.nanoTime();
        try (var client = new EchoClient(server.ports().lines(), Duration.ofMillis(PATIENCE_MILLIS))) {
            if (!text.equals(client.ask(text))) {
                throw new IOException("wrong answer");
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void note(Run run, TwoEchoesProcess server, Mob mob, Duration slowest) throws IOException, InterruptedException {
        var census = mob.census();
        var load = server.ask("load");
        run.note("connected %d, connects %d, cut %d, left %d, refused %d; heap MiB: used %d, behind the latest collection %d, highest %d;"
                .formatted(census.connected(), census.connects(), census.cut(), census.left(), census.refused(),
                        Balance.of(load, "used") / MIB, Balance.of(load, "left") / MIB, Balance.of(load, "highest") / MIB)
                + " collections %d; processor s: server %d, mob %d; slowest visit %d ms"
                        .formatted(Balance.of(load, "collections"), server.cpuTime().toSeconds(), census.cpuMillis() / 1_000, slowest.toMillis()));
    }

    private static void describe(Run run, int clients) {
        kinds(clients).stream().collect(Collectors.groupingBy(kind -> kind, Collectors.counting())).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(kind -> run.note("%4d x %s: %s".formatted(kind.getValue(), kind.getKey().id(), kind.getKey().text())));
    }

    /** A shuffled deck of all kinds, as often as it takes. */
    private static List<Kind> kinds(int clients) {
        var deck = new ArrayList<Kind>();
        for (var kind : Kind.values()) {
            deck.addAll(Collections.nCopies(FEWER.contains(kind) ? 1 : SHARE, kind));
        }
        var kinds = new ArrayList<Kind>();
        for (int i = 0; i < clients; i++) {
            kinds.add(deck.get(i % deck.size()));
        }
        return kinds;
    }
}

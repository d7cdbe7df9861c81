package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** P18: nobody is cut, and everybody who should be is, while the date jumps. */
final class ClockJumps implements Promise {
    private static final int ROUNDS = 6;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TEN_YEARS = Duration.ofDays(3_653);
    private static final List<Duration> JUMPS = List.of(HOUR, HOUR.negated(), TEN_YEARS, TEN_YEARS.negated(), Duration.ZERO);
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);
    private static final Duration SAME_DATE = Duration.ofMinutes(1);
    private static final int OTHERS = 20;
    private static final int IDLE = 20;
    private static final int SILENT = 5;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration FIRST_BYTE = Duration.ofSeconds(3);
    private static final double MOST_LATE = 1;
    private static final double BUSY_MACHINE_LATE = 15;
    /** Few threads that look at the clock, for the library lets one at a time. */
    private static final List<String> FLAGS = List.of("-Xmx128m", "-XX:+UseSerialGC");
    /** Ten minutes: less than every jump, so that a deadline measured by the date would have passed. */
    private static final List<String> SETTINGS = List.of("firstByteTimeout=" + FIRST_BYTE.toMillis(), "frameTimeout=600000", "idleTimeout=600000",
            "maxAge=600000", "writeTimeout=600000");

    @Override
    public String name() {
        return "p18-clock-jumps";
    }

    @Override
    public String promised() {
        return """
                The server's date jumps an hour and ten years forwards and back (libfaketime, its file changed while the server runs) while %d clients
                ask, %d are idle, half of them inside a frame, and %d at a time say nothing: nobody is disconnected whose time has not come, and each
                silent one is cut at its deadline, at most %.0f s late.""".formatted(OTHERS, IDLE, SILENT, MOST_LATE);
    }

    @Override
    public List<String> lacking() throws IOException {
        return library().isPresent() ? List.of() : List.of("libfaketimeMT.so.1, which is in Debian's package faketime");
    }

    /** Where Debian's package puts it: in a folder named after the processor. */
    private static Optional<Path> library() throws IOException {
        try (var folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1")).filter(Files::exists).findFirst();
        }
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        var date = Files.createTempFile("berth-date", "");
        var faked = List.of("env", "LD_PRELOAD=" + library().orElseThrow(), "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_CACHE_DURATION=1", "NO_FAKE_STAT=1", "FAKETIME_TIMESTAMP_FILE=" + date);
        setDate(date, Duration.ZERO);
        var idle = new ArrayList<Peer>();
        try (var server = TargetProcess.start(run, faked, FLAGS, SETTINGS);
                var others = Others.ask(OTHERS, server.port(), PAUSE)) {
            for (int i = 0; i < IDLE; i++) {
                var peer = new Peer(server.port());
                idle.add(peer);
                peer.send("here").line();
                if (isInsideAFrame(i)) {
                    peer.write(new byte[] {'h', 'a', 'l', 'f', ' '});
                }
            }
            var waits = new ArrayList<Double>();
            int wrongDates = 0;
            for (int round = 0; round < run.either(ROUNDS, 1); round++) {
                for (var jump : run.either(JUMPS, List.of(TEN_YEARS, TEN_YEARS.negated()))) {
                    var silent = silent(server.port());
                    setDate(date, jump);
                    wrongDates += isDate(run, server, jump) ? 0 : 1;
                    for (var peer : silent) {
                        waits.add(peer.awaitCut());
                    }
                }
                run.progress("round %d: silent ones cut after %s, errors %s".formatted(round, waits, others.errors()));
            }
            waits.sort(null);
            int lost = lost(idle);
            var ledger = server.ledger();
            double earliest = waits.getFirst();
            double latest = waits.getLast();
            run.note("silent ones were cut after %.3f to %.3f s".formatted(earliest, latest));
            run.note("others: %d answers, slowest after %d ms, errors %s".formatted(others.answers(), others.slowest().toMillis(), others.errors()));
            run.note("ledger: " + ledger);
            return List.of(
                    Row.exactly("jumps that the server's process did not see", 0, wrongDates),
                    Row.exactly("clients lost that asked", 0, others.errors().size()),
                    Row.exactly("clients lost that were idle or inside a frame", 0, lost),
                    Row.exactly("cut for another reason than their silence", 0, Balance.ends(ledger) - Balance.of(ledger, "closed.FIRST_BYTE_TIMEOUT")),
                    Row.exactly("silent ones cut", waits.size(), Balance.of(ledger, "closed.FIRST_BYTE_TIMEOUT")),
                    Row.atLeast("silent ones cut after", (double) FIRST_BYTE.toSeconds(), earliest, "s"),
                    Row.atMost("silent ones cut late", run.either(MOST_LATE, BUSY_MACHINE_LATE), latest - FIRST_BYTE.toSeconds(), "s"),
                    Balance.row(Balance.faults(ledger)));
        } finally {
            for (var peer : idle) {
                peer.close();
            }
            Files.delete(date);
        }
    }

    /** One who says nothing, and when it began to. */
    private record Silent(Peer peer, long since) {

        /** Seconds from before it connected to its end. */
        double awaitCut() throws IOException {
            try (peer) {
                peer.awaitEnd();
                return (System.nanoTime() - since) / (double) Duration.ofSeconds(1).toNanos();
            }
        }
    }

    private static List<Silent> silent(int port) throws IOException {
        var silent = new ArrayList<Silent>();
        for (int i = 0; i < SILENT; i++) {
            long since = System.nanoTime();
            silent.add(new Silent(new Peer(port), since));
        }
        return silent;
    }

    /** In one step: a reader must not find half of it. */
    private static void setDate(Path date, Duration jump) throws IOException {
        var next = Files.writeString(Path.of(date + ".next"), (jump.isNegative() ? "" : "+") + jump.toSeconds());
        Files.move(next, date, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether the server sees the date, within some seconds: the library reads its file once a second. */
    private static boolean isDate(Run run, TargetProcess server, Duration jump) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            var seen = Instant.ofEpochMilli(Balance.of(server.ask("clock"), "millis"));
            var wanted = Instant.now().plus(jump);
            boolean same = Duration.between(wanted, seen).abs().compareTo(SAME_DATE) < 0;
            if (same || System.nanoTime() - start > SEEN_WITHIN.toNanos()) {
                run.note("date set by %s to %s, the server sees %s".formatted(jump, wanted, seen));
                return same;
            }
            Thread.sleep(SEEN_WITHIN.dividedBy(100));
        }
    }

    /** How many are not: each says something, or ends the frame that it has begun, and is answered. */
    private static int lost(List<Peer> idle) {
        int lost = 0;
        for (int i = 0; i < idle.size(); i++) {
            try {
                var said = isInsideAFrame(i) ? "half still there" : "still there";
                if (!said.equals(idle.get(i).send("still there").line())) {
                    lost++;
                }
            } catch (IOException e) {
                lost++;
            }
        }
        return lost;
    }

    private static boolean isInsideAFrame(int number) {
        return number % 2 == 0;
    }
}

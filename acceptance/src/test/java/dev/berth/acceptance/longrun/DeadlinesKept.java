package dev.berth.acceptance.longrun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import dev.berth.acceptance.hostile.Kind;
import dev.berth.acceptance.longrun.StuckPhase.Course;
import dev.berth.connection.Deadlines;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TokenAuthenticator;

/** P9: every phase has a deadline, and nobody who is stuck holds a place longer. */
final class DeadlinesKept implements Promise {
    private static final Duration OVERSHOOT = Duration.ofSeconds(1);
    /** In every build others are at work on the machine: there only a deadline that is missing is found. */
    private static final Duration BUSY_OVERSHOOT = Duration.ofSeconds(20);

    private static final Duration FIRST_BYTE = Duration.ofSeconds(30);
    private static final Duration FRAME = Duration.ofSeconds(30);
    private static final Duration WRITE = Duration.ofSeconds(10);
    private static final Duration QUEUE = Duration.ofSeconds(5);
    private static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(25);
    /** Room for all that is unsent in the end: nobody is cut for having too much. */
    private static final int ROOMY_BYTES = 16 << 20;

    private static final Duration GOODBYE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "p9-deadlines";
    }

    @Override
    public String promised() {
        return """
                Every phase of a client has a deadline, and a peer that is stuck in it never holds its place longer than that and 1 s: measured
                from when it is stuck to when the place is free, 200 peers in each phase at once, with short limits and with the defaults
                for anybody where those are 30 s or less. A peer that takes hardly anything is judged over a whole write timeout at a time,
                so it is gone after at most two of them, and 1 s; over loopback the system sees so few bytes only when many have come together, so it
                is taken for one that reads nothing. The phases of TLS and of the PROXY protocol do not exist.
                """;
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        int peers = run.either(200, 30);
        var rows = new ArrayList<Row>();
        var limit = run.either(Duration.ofSeconds(2), Duration.ofSeconds(1));
        measure(run, rows, shortened(limit, limit.plus(run.either(OVERSHOOT, BUSY_OVERSHOOT))), peers);
        if (!run.isQuick()) {
            measure(run, rows, byDefault(), peers);
        }
        return rows;
    }

    /**
     * Each phase with its own server. Those whose peers only wait are side by side; those whose peers have megabytes sent to them take
     * turns, or what is measured would be how long it takes to send them.
     */
    private static void measure(Run run, List<Row> rows, List<StuckPhase> phases, int peers) throws Exception {
        var lanes = new ArrayList<List<StuckPhase>>();
        lanes.add(phases.stream().filter(StuckPhase::floods).toList());
        phases.stream().filter(phase -> !phase.floods()).forEach(phase -> lanes.add(List.of(phase)));
        try (var threads = Executors.newFixedThreadPool(lanes.size())) {
            for (var lane : threads.invokeAll(lanes.stream().map(lane -> measured(run, lane, peers)).toList())) {
                rows.addAll(lane.get());
            }
        }
    }

    private static Callable<List<Row>> measured(Run run, List<StuckPhase> lane, int peers) {
        return () -> {
            var rows = new ArrayList<Row>();
            for (var phase : lane) {
                rows.add(phase.measured(run, peers));
            }
            return rows;
        };
    }

    private static List<StuckPhase> shortened(Duration limit, Duration most) {
        return List.of(
                new StuckPhase("first byte, says nothing", Kind.A3, limit, most, Course.PLAIN, server -> server.firstByteTimeout(limit)),
                new StuckPhase("frame, a byte each second", Kind.A4, limit, most, Course.PLAIN, server -> server.frameTimeout(limit)),
                new StuckPhase("idle, asks once", Kind.A5, limit, most, Course.PLAIN, server -> server.idleTimeout(limit)),
                new StuckPhase("write, zero window", Kind.A9, limit, most, Course.PLAIN, server -> server.writeTimeout(limit)),
                new StuckPhase("write, reads 120 bytes a second", Kind.A10, limit, limit.plus(most), Course.PLAIN, server -> server.writeTimeout(limit)),
                new StuckPhase("queue, says nothing", Kind.A3, limit, most, Course.FULL,
                        server -> server.queueTimeout(limit).firstByteTimeout(Deadlines.OFF).idleTimeout(Deadlines.OFF)),
                new StuckPhase("login, says nothing", Kind.A3, limit, most, Course.PLAIN, server -> asked(server).authTimeout(limit)),
                new StuckPhase("login, a byte each second", Kind.A4, limit, most, Course.PLAIN, server -> asked(server).authTimeout(limit)),
                new StuckPhase("drain, zero window", Kind.A9, limit, most, Course.DRAINED, server -> server));
    }

    private static ServerBuilder<String> asked(ServerBuilder<String> server) {
        return server.authenticate(TokenAuthenticator.of("a-token-of-16-letters-or-more"));
    }

    /** The idle timeout for anybody is 5 min: too long to wait for here. */
    private static List<StuckPhase> byDefault() {
        return List.of(
                new StuckPhase("first byte by default, says nothing", Kind.A3, FIRST_BYTE, FIRST_BYTE.plus(OVERSHOOT), Course.PLAIN, server -> server),
                new StuckPhase("frame by default, a byte each second", Kind.A4, FRAME, FRAME.plus(OVERSHOOT), Course.PLAIN, server -> server),
                new StuckPhase("write by default, zero window", Kind.A9, WRITE, WRITE.plus(OVERSHOOT), Course.PLAIN, server -> server),
                new StuckPhase("write by default, reads 120 bytes a second", Kind.A10, WRITE, WRITE.plus(WRITE).plus(OVERSHOOT), Course.PLAIN, server -> server),
                new StuckPhase("queue by default, says nothing", Kind.A3, QUEUE, QUEUE.plus(OVERSHOOT), Course.FULL,
                        server -> server.firstByteTimeout(Deadlines.OFF).idleTimeout(Deadlines.OFF)),
                new StuckPhase("login by default, says nothing", Kind.A3, LOGIN, LOGIN.plus(OVERSHOOT), Course.PLAIN, DeadlinesKept::asked),
                new StuckPhase("login by default, a byte each second", Kind.A4, LOGIN, LOGIN.plus(OVERSHOOT), Course.PLAIN, DeadlinesKept::asked),
                new StuckPhase("drain by default, zero window", Kind.A9, DRAIN, DRAIN.plus(OVERSHOOT), Course.DRAINED,
                        server -> server.writeTimeout(Deadlines.OFF)),
                new StuckPhase("the end, much unsent", Kind.A9, GOODBYE, GOODBYE.plus(OVERSHOOT), Course.LEAVES,
                        server -> server.maxOutputBytes(ROOMY_BYTES).softOutputBytes(ROOMY_BYTES)));
    }
}

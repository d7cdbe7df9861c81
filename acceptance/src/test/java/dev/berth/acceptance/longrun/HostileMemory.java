package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.berth.acceptance.hostile.Kind;
import dev.berth.acceptance.hostile.Mob;

/** P6: what one hostile client costs that nobody knows yet. */
final class HostileMemory implements Promise {
    private static final int CLIENTS = 5_000;
    private static final int CLIENTS_PER_SECOND = 500;
    private static final int KIB = 1 << 10;
    private static final int MOST_BYTES = 32 * KIB;
    private static final int LARGE_FRAME = 1 << 20;
    private static final int SMALL_FRAME = 16 << 10;
    /** What the refusal of a frame may cost: an exception, its text and its stack. */
    private static final int MOST_BYTES_FOR_A_REFUSAL = KIB;

    /** All of the heap is touched at the start: what the process grows by beside that is not heap. */
    private static final List<String> ROOMY = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    private static final List<String> ROOM_FOR_A_FEW = List.of("-Xmx128m");

    private static final List<String> TIGHT = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");

    /** So that nobody is cut while it is looked at. */
    private static final List<String> PATIENT = List.of(
            "maxConnections=20000", "firstByteTimeout=600000", "frameTimeout=600000", "idleTimeout=600000", "writeTimeout=600000");

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration CALM = Duration.ofMillis(100);

    @Override
    public String name() {
        return "p6-hostile-memory";
    }

    @Override
    public String promised() {
        return """
                A hostile client that nobody knows yet costs at most 32 KiB, however much it announces: 5,000 of each kind at once, heap
                after full collections and what the process has beside the heap (threads' stacks, buffers, code), with them minus before
                them. What a client has really sent of a frame is kept, in a buffer of at most twice its size. A length that can't be costs
                no more than another one: 10,000 connections with each on a server with -Xmx64m allocate at most 32 KiB each, from accept to
                end, and there is no OutOfMemoryError. To refuse such a frame itself takes at most 1 KiB of it; 4 KiB are the buffer into which what
                the client still sends is dropped, for a second at most.
                """;
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        int clients = run.either(CLIENTS, 200);
        var rows = new ArrayList<Row>();
        try (var server = TwoEchoesProcess.start(run, run.either(ROOMY, ROOM_FOR_A_FEW), LARGE_FRAME, PATIENT)) {
            for (var kind : run.either(List.of(Kind.A3, Kind.A4, Kind.B3), List.of(Kind.B3))) {
                rows.add(Row.atMost(kind.id() + ", " + kind.text() + run.either("", " (heap alone)"), MOST_BYTES, cost(run, server, kind, clients), "bytes a client"));
            }
        }
        try (var server = TwoEchoesProcess.start(run, run.either(ROOMY, ROOM_FOR_A_FEW), SMALL_FRAME, PATIENT)) {
            var kind = Kind.B3_HOARD;
            rows.add(Row.atMost(kind.id() + ", " + kind.text() + ", of 16 KiB" + run.either("", " (heap alone)"), MOST_BYTES + SMALL_FRAME,
                    cost(run, server, kind, clients), "bytes a client"));
        }
        rows.addAll(evilLengths(run));
        rows.add(Row.atMost("the refusal of such a frame itself", MOST_BYTES_FOR_A_REFUSAL, (double) EvilLength.ALL.getFirst().refusalBytes(), "bytes"));
        return rows;
    }

    /** Bytes for each client of a kind, after as many have been there and gone: code and stacks have their size then. */
    private static double cost(Run run, TwoEchoesProcess server, Kind kind, int clients) throws Exception {
        look(server, kind, clients, run.seed());
        var before = server.ask("possessions");
        var with = look(server, kind, clients, run.seed());
        long heap = (Balance.of(with, "heap") - Balance.of(before, "heap")) / clients;
        long beside = (Balance.of(with, "rss") - Balance.of(before, "rss")) * KIB / clients;
        run.note("%s, %d clients: heap %d -> %d bytes, resident %d -> %d KiB, virtual threads %d -> %d: %d + %d bytes a client".formatted(
                kind.id(), clients, Balance.of(before, "heap"), Balance.of(with, "heap"), Balance.of(before, "rss"), Balance.of(with, "rss"),
                Balance.of(before, "virtual"), Balance.of(with, "virtual"), heap, beside));
        // Beside the heap a process grows by some MiB for reasons of its own: too much for a few clients to be blamed for.
        return (double) (run.isQuick() ? heap : heap + Math.max(0, beside));
    }

    /** What the server has while they are there; nobody is when it returns. */
    private static Map<String, Long> look(TwoEchoesProcess server, Kind kind, int clients, long seed) throws Exception {
        Map<String, Long> with;
        try (var _ = new Mob(server.ports(), Collections.nCopies(clients, kind), arrival(clients), CALM, seed)) {
            server.awaitLive(clients, LIMIT);
            server.awaitBytes(clients * leastBytes(kind), LIMIT);
            with = server.ask("possessions");
        }
        server.awaitLive(0, LIMIT);
        return with;
    }

    /** No faster than the kernel's queue is emptied, on a busy machine too: whom it drops would not be there. */
    private static Duration arrival(int clients) {
        return Duration.ofSeconds(1).multipliedBy(clients).dividedBy(CLIENTS_PER_SECOND);
    }

    /** What each client of a kind has sent when it has done what it does. */
    private static long leastBytes(Kind kind) {
        return switch (kind) {
            case A3 -> 0;
            case A4 -> 1;
            case B3 -> 5;
            default -> SMALL_FRAME;
        };
    }

    private static List<Row> evilLengths(Run run) throws Exception {
        var rows = new ArrayList<Row>();
        int each = run.either(10_000, 200);
        try (var server = TwoEchoesProcess.start(run, TIGHT, LARGE_FRAME, List.of())) {
            EvilLength.HARMLESS.send(server, each);
            long harmless = EvilLength.HARMLESS.allocated(server, each);
            run.note("a frame of one byte, echoed: %d bytes allocated for each connection".formatted(harmless));
            for (var evil : EvilLength.ALL) {
                long bytes = evil.allocated(server, each);
                run.note("%s: %d bytes allocated for each connection, %d more".formatted(evil.name(), bytes, bytes - harmless));
                rows.add(Row.atMost(evil.name() + ", allocated for the whole connection", MOST_BYTES, (double) bytes, "bytes"));
            }
            var ledger = server.ask("lengths");
            rows.add(Row.exactly("evil lengths not refused as frames that are too large", 0,
                    (long) EvilLength.ALL.size() * each - Balance.of(ledger, "closed.FRAME_TOO_LARGE")));
            // Whoever answers has met no OutOfMemoryError in its heap; one thrown by anything else in a handler is told.
            rows.add(Row.exactly("OutOfMemoryErrors at -Xmx64m, and errors in handlers", 0, Balance.of(ledger, "told.handlerFailed")));
        }
        return rows;
    }
}

package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Connects of ten kinds to one server: those of {@link Outcome}, those that wait in the queue in vain, those whose server ends.
 *
 * <p>For one thread, which returns from each method when every one of its connects is over. Each has a virtual thread and one of fifty
 * source addresses, so that ports don't run out.
 */
final class Churn {
    static final int MAX_FRAME_BYTES = 16_384;

    private static final int PLACES = 3_000;
    private static final int FEW_PLACES = 300;
    /** Of the places: those who are refused over a limit have some too, and a client sees its end before its place is given back. */
    private static final double AT_ONCE = 0.4;
    private static final int PER_IP = 100;
    private static final int FEW_PER_IP = 20;
    private static final int SOURCES = 50;
    private static final int FIRST_SOURCE = 2;
    private static final int CROWDED_SOURCE = 250;
    /** How often a client comes in vain, of the two ways to do so: leaves by itself, or is sent away. */
    private static final int WAYS_TO_LEAVE = 2;

    private final TargetProcess server;
    private final Map<String, Long> expected = new TreeMap<>();
    private final ConcurrentLinkedQueue<String> surprises = new ConcurrentLinkedQueue<>();
    private final int places;
    private final int perIp;
    private final int atOnce;
    private int port;

    Churn(Run run, TargetProcess server) {
        this.server = server;
        port = server.port();
        places = places(run);
        perIp = perIp(run);
        atOnce = (int) (places * AT_ONCE);
    }

    /** How the server must be set up: short deadlines that a busy machine still keeps, small buffers, as many places as are filled. */
    static List<String> settings(Run run) {
        return List.of("maxConnections=" + places(run), "maxQueued=" + places(run), "maxPerIp=" + perIp(run), "maxFrameBytes=" + MAX_FRAME_BYTES,
                "maxOutputBytes=65536", "softOutputBytes=65536", "queueTimeout=" + run.either(2_000, 1_000), "queueNotice=wait", "firstByteTimeout=" + run.either(3_000, 2_000),
                "writeTimeout=1000", "backlog=4096");
    }

    private static int places(Run run) {
        return run.either(PLACES, FEW_PLACES);
    }

    private static int perIp(Run run) {
        return run.either(PER_IP, FEW_PER_IP);
    }

    /** How often the ledger must have counted what, by its names. */
    Map<String, Long> expected() {
        return expected;
    }

    /** What clients met that they did not expect. */
    List<String> surprises() {
        return List.copyOf(surprises);
    }

    /** One client's part. */
    private interface Part {
        void play(int number) throws IOException;
    }

    /** Connects of all kinds of {@link Outcome}, in turn; at most so many each second, 0 for as many as go. */
    void mixed(int connects, int perSecond) throws IOException, InterruptedException {
        var crowd = hold(perIp, CROWDED_SOURCE, 1);
        try {
            var kinds = Outcome.values();
            each(connects, perSecond, number -> {
                var kind = kinds[number % kinds.length];
                int source = kind == Outcome.OVER_LIMIT ? CROWDED_SOURCE : source(number);
                try (var peer = new Peer(source, port, kind.receiveBuffer())) {
                    kind.act(peer);
                }
            });
            for (int i = 0; i < kinds.length; i++) {
                expect(kinds[i].counted(), connects / kinds.length + (i < connects % kinds.length ? 1 : 0));
            }
        } finally {
            release(crowd);
        }
    }

    /** Connects that wait while all places are taken: every second leaves with a reset, the others are sent away. */
    void queued(int connects) throws IOException, InterruptedException {
        var crowd = hold(places, FIRST_SOURCE, SOURCES);
        try {
            each(connects, 0, number -> {
                // Both ways from every source: those who stay would else be too many for half of them.
                try (var peer = new Peer(source(number / WAYS_TO_LEAVE), port, 0)) {
                    if (peer.line() == null) {
                        throw new IOException("was not told to wait");
                    }
                    if (number % WAYS_TO_LEAVE == 0) {
                        peer.reset();
                    } else {
                        peer.awaitEnd();
                    }
                }
            });
            expect("refused.LEFT", (connects + 1) / WAYS_TO_LEAVE);
            expect("refused.QUEUE_TIMEOUT", connects / WAYS_TO_LEAVE);
        } finally {
            release(crowd);
        }
    }

    /** Connects whose server drains, or closes, beneath them, and starts again. */
    void ended(int connects, String how) throws IOException, InterruptedException {
        var served = hold(connects, FIRST_SOURCE, SOURCES);
        port = Math.toIntExact(Balance.of(server.ask(how), "port"));
        for (var peer : served) {
            peer.awaitEnd();
            peer.close();
        }
        expect(how.equals("drain") ? "closed.DRAINED" : "closed.SERVER_CLOSED", connects);
    }

    /** Connects that the server, which goes on, is told to close. */
    void cut(int connects) throws IOException, InterruptedException {
        var served = hold(connects, FIRST_SOURCE, SOURCES);
        server.ask("cut");
        for (var peer : served) {
            peer.awaitEnd();
            peer.close();
        }
        expect("closed.CLOSED_BY_ADMIN", connects);
        awaitNobody();
    }

    private List<Peer> hold(int count, int firstSource, int sources) throws IOException {
        var held = new ArrayList<Peer>();
        for (int i = 0; i < count; i++) {
            var peer = new Peer(firstSource + i % sources, port, 0);
            held.add(peer);
            var answer = peer.send("here").line();
            if (!"here".equals(answer)) {
                throw new IOException("client " + i + " was not served but told " + answer);
            }
        }
        return held;
    }

    private void release(List<Peer> held) throws IOException, InterruptedException {
        for (var peer : held) {
            peer.close();
        }
        expect("closed.PEER_CLOSED", held.size());
        awaitNobody();
    }

    /** A client sees its end before its place is given back, and the next who come need theirs. */
    private void awaitNobody() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < AtRest.LIMIT.toNanos()) {
            var ledger = server.ledger();
            if (Balance.of(ledger, "live") + Balance.of(ledger, "waiting") == 0) {
                return;
            }
            Thread.sleep(AtRest.LOOK_EVERY);
        }
        throw new IOException("clients that have left are still there: " + server.ledger());
    }

    private void expect(String name, long count) {
        expected.merge(name, count, Long::sum);
    }

    private static int source(int number) {
        return FIRST_SOURCE + number % SOURCES;
    }

    private void each(int connects, int perSecond, Part part) throws InterruptedException {
        var free = new Semaphore(atOnce);
        long interval = perSecond == 0 ? 0 : Duration.ofSeconds(1).toNanos() / perSecond;
        long start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connects; i++) {
                int number = i;
                for (long early; (early = start + number * interval - System.nanoTime()) > 0 && interval > 0; ) {
                    LockSupport.parkNanos(early);
                }
                free.acquire();
                threads.execute(() -> {
                    try {
                        part.play(number);
                    } catch (IOException | RuntimeException e) {
                        surprises.add("connect " + number + ": " + e);
                    } finally {
                        free.release();
                    }
                });
            }
        }
    }
}

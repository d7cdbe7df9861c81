package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import dev.berth.acceptance.SystemConnection;

/** P15: a server's close returns in time though peers don't read, and nobody who dials meanwhile is left hanging. */
final class Stopping implements Promise {
    private static final int ROUNDS = 500;
    private static final int ZERO_WINDOWS = 3;
    private static final int DIALS = 20;
    private static final int SMALL_BUFFER = 2_048;
    private static final double MOST_SECONDS = 2;
    private static final double BUSY_MACHINE_SECONDS = 15;
    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;
    private static final List<String> FLAGS = List.of("-Xmx256m");
    private static final List<String> SETTINGS = List.of("writeTimeout=600000", "softOutputTime=600000");

    @Override
    public String name() {
        return "p15-stopping";
    }

    @Override
    public String promised() {
        return """
                A server is closed %d times, each time with %d clients whose handlers are stuck in a send because they read nothing (zero window), and
                %d more that dial meanwhile: close() returns within %.0f s every time, and every dial that was let in sees its end within the same
                time. Plain sockets. A dial that the system itself has lost, as the why-not of A16 explains, is not the server's: the client
                is connected, the system has no other end of it, and has counted it among its ListenDrops.""".formatted(ROUNDS, ZERO_WINDOWS, DIALS, MOST_SECONDS);
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        int rounds = run.either(ROUNDS, 10);
        var micros = new ArrayList<Long>();
        long slowestEnd = 0;
        var hanging = new ConcurrentLinkedQueue<String>();
        var lost = new ConcurrentLinkedQueue<String>();
        long droppedBefore = SystemConnection.counted("ListenDrops");
        int letIn = 0;
        try (var server = TargetProcess.start(run, FLAGS, SETTINGS);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int port = server.port();
            for (int round = 0; round < rounds; round++) {
                var stuck = new ArrayList<Peer>();
                for (int i = 0; i < ZERO_WINDOWS; i++) {
                    stuck.add(new Peer(1, port, SMALL_BUFFER).send("flood"));
                }
                awaitStuck(server);
                int dialled = port;
                var begun = new CountDownLatch(DIALS / 2);
                var dials = new ArrayList<Callable<OptionalLong>>();
                for (int i = 0; i < DIALS; i++) {
                    dials.add(() -> dial(dialled, begun, hanging, lost));
                }
                var done = dials.stream().map(threads::submit).toList();
                begun.await();
                long start = System.nanoTime();
                var closed = server.ask("close");
                port = Math.toIntExact(Balance.of(closed, "port"));
                micros.add(Balance.of(closed, "micros"));
                for (var dial : done) {
                    var end = dial.get();
                    letIn += end.isPresent() ? 1 : 0;
                    slowestEnd = Math.max(slowestEnd, end.orElse(start) - start);
                }
                for (var peer : stuck) {
                    peer.close();
                }
                if (round % 50 == 0) {
                    run.progress("round %d: close took %d us, all ends seen after %d ms".formatted(round, micros.getLast(), (System.nanoTime() - start) / 1_000_000));
                }
            }
            micros.sort(null);
            run.note("close took, in microseconds: least %d, median %d, p99 %d, most %d".formatted(micros.getFirst(), micros.get(rounds / 2),
                    micros.get(rounds * 99 / 100), micros.getLast()));
            long dropped = SystemConnection.counted("ListenDrops") - droppedBefore;
            run.note("%d of %d dials were let in; hanging: %s; lost by the system: %s; ListenDrops: %d more".formatted(letIn, rounds * DIALS, hanging, lost,
                    dropped));
            var ledger = AtRest.ledger(server);
            run.note("ledger: " + ledger);
            double most = run.either(MOST_SECONDS, BUSY_MACHINE_SECONDS);
            return List.of(
                    Row.atMost("close(), the slowest", most, micros.getLast() / MICROS, "s"),
                    Row.atMost("the end of a dial, after close was asked for", most, slowestEnd / NANOS, "s"),
                    Row.exactly("dials left hanging", 0, hanging.size()),
                    Row.atMost("dials lost by the system, of those it says it dropped", (double) dropped, lost.size(), ""),
                    Row.exactly("clients whose handler had not returned by then", 0, Balance.of(ledger, "told.abandoned")),
                    Balance.row(Balance.faultsAtRest(ledger)));
        }
    }

    /** Until handlers have sent something and no more: their clients' windows and their own outputs are full. */
    private static void awaitStuck(TargetProcess server) throws IOException, InterruptedException {
        long before = -1;
        for (long sent = 0; sent != before || sent == 0; ) {
            Thread.sleep(20);
            before = sent;
            sent = Balance.of(server.ledger(), "framesOut");
        }
    }

    /** When it ended, if it was let in. */
    private static OptionalLong dial(int port, CountDownLatch begun, Queue<String> hanging, Queue<String> lost) {
        begun.countDown();
        try (var peer = new Peer(port)) {
            try {
                peer.awaitEnd();
                return OptionalLong.of(System.nanoTime());
            } catch (SocketTimeoutException notEnded) {
                var ends = SystemConnection.about(peer.port());
                (hasOtherEnd(port, peer.port()) ? hanging : lost).add(ends);
            }
        } catch (SocketException refusedOrReset) {
            // Came too late.
        } catch (IOException e) {
            hanging.add(e.toString());
        }
        return OptionalLong.empty();
    }

    private static boolean hasOtherEnd(int port, int peerPort) throws IOException {
        return SystemConnection.all().stream().anyMatch(end -> end.localPort() == port && end.remotePort() == peerPort);
    }
}

package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

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
                time. Plain sockets.""".formatted(ROUNDS, ZERO_WINDOWS, DIALS, MOST_SECONDS);
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        int rounds = run.either(ROUNDS, 10);
        var micros = new ArrayList<Long>();
        long slowestEnd = 0;
        var hanging = new ConcurrentLinkedQueue<String>();
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
                    dials.add(() -> dial(dialled, begun, hanging));
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
            run.note("%d of %d dials were let in; hanging: %s".formatted(letIn, rounds * DIALS, hanging));
            var ledger = AtRest.ledger(server);
            run.note("ledger: " + ledger);
            double most = run.either(MOST_SECONDS, BUSY_MACHINE_SECONDS);
            return List.of(
                    Row.atMost("close(), the slowest", most, micros.getLast() / MICROS, "s"),
                    Row.atMost("the end of a dial, after close was asked for", most, slowestEnd / NANOS, "s"),
                    Row.exactly("dials left hanging", 0, hanging.size()),
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
    private static OptionalLong dial(int port, CountDownLatch begun, ConcurrentLinkedQueue<String> hanging) {
        begun.countDown();
        try (var peer = new Peer(port)) {
            peer.awaitEnd();
            return OptionalLong.of(System.nanoTime());
        } catch (SocketException refusedOrReset) {
            return OptionalLong.empty();
        } catch (IOException e) {
            hanging.add(e.toString());
            return OptionalLong.empty();
        }
    }
}

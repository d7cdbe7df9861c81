package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.transport.CloseReason;

/** Many at once, at a bad moment. */
@ExtendWith(Baseline.class)
@SuppressWarnings("try") // a server that is closed early is closed early on purpose
class StormsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration END_SEEN = Duration.ofSeconds(2);

    private static ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).handler(client -> client.forEach(client::send));
    }

    /** A16, P15: five hundred times, sockets are dialled while the server closes. */
    @Test
    void everySocketDialledWhileTheServerClosesSeesAnEndWithinTwoSeconds() throws Exception {
        for (int round = 0; round < 500; round++) {
            var late = new ConcurrentLinkedQueue<Duration>();
            var closing = new AtomicLong(System.nanoTime());
            var dialling = new ArrayList<Thread>();
            try (var server = server().maxConnections(4).maxQueued(2).start()) {
                for (int i = 0; i < 4; i++) {
                    boolean leaves = i % 2 == 0;
                    dialling.add(Thread.ofVirtual().start(() -> dialUntilRefused(server.address(), leaves, closing, late)));
                }
                // A different moment each time.
                int after = round % 20;
                await().atMost(LIMIT).until(() -> server.snapshot().accepted() >= after);
                closing.set(System.nanoTime());
                server.close();
                assertThat(Duration.ofNanos(System.nanoTime() - closing.get())).isLessThan(END_SEEN);
                for (var thread : dialling) {
                    assertThat(thread.join(LIMIT)).isTrue();
                }
            }
            assertThat(late).isEmpty();
        }
    }

    private static void dialUntilRefused(InetSocketAddress address, boolean leaves, AtomicLong closing, Queue<Duration> late) {
        while (true) {
            Peer dialled;
            try {
                dialled = Peer.to(address);
            } catch (IOException nobodyListens) {
                return;
            }
            long start = System.nanoTime();
            try (dialled) {
                // Whoever sends is told, also if the listener closed in the instant of the handshake. Some stay until they are
                // ended; others make room for the next.
                dialled.send("anybody?");
                if (leaves) {
                    dialled.halfClose();
                }
                dialled.awaitEnd();
            } catch (IOException gone) {
                // Reset: an end too.
            }
            var took = Duration.ofNanos(System.nanoTime() - Math.max(start, closing.get()));
            if (took.compareTo(END_SEEN) > 0) {
                late.add(took);
            }
        }
    }

    /** E16: an interrupt ends the connection of its own thread and no other. */
    @Test
    void interruptsDoNotCrossFromOneConnectionToAnother() throws Exception {
        int pairs = 20;
        Map<Long, Thread> victims = new ConcurrentHashMap<>();
        var events = new RecordingEvents();
        try (var server = server().events(events).handler(client -> client.forEach(line -> {
                    if (line.equals("victim")) {
                        victims.put(client.id(), Thread.currentThread());
                    }
                    client.send(line);
                })).start()) {
            var others = new ArrayList<Peer>();
            for (int i = 0; i < pairs; i++) {
                others.add(Peer.of(server));
            }
            for (int round = 0; round < 25; round++) {
                var hit = new ArrayList<Peer>();
                for (int i = 0; i < pairs; i++) {
                    hit.add(Peer.of(server).send("victim"));
                }
                await().atMost(LIMIT).until(() -> victims.size() == pairs);
                var storm = Thread.ofPlatform().start(() -> victims.values().forEach(Thread::interrupt));
                for (int i = 0; i < pairs; i++) {
                    assertThat(others.get(i).send(round + " " + i).line()).isEqualTo(round + " " + i);
                }
                storm.join();
                for (var peer : hit) {
                    peer.awaitEnd();
                    peer.close();
                    assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.INTERRUPTED);
                }
                victims.clear();
            }
            for (var peer : others) {
                peer.close();
            }
        }
    }

    /** A17: everybody comes back at once, to a server with few places. */
    @Test
    void everybodyWhoComesBackAfterARestartIsServedAndTheLimitsHold() throws Exception {
        int clients = 500;
        int places = 20;
        int port;
        var peers = new ArrayList<Peer>();
        try (var server = server().start()) {
            port = server.port();
            for (int i = 0; i < clients; i++) {
                peers.add(Peer.of(server));
            }
            await().atMost(LIMIT).until(() -> server.snapshot().live() == clients);
        }
        var served = new AtomicInteger();
        var over = new AtomicBoolean();
        var most = new AtomicInteger();
        try (var server = server().port(port).maxConnections(places).maxQueued(clients).queueTimeout(LIMIT).start()) {
            var auditor = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    most.accumulateAndGet(server.snapshot().live(), Math::max);
                }
            });
            var coming = peers.stream().map(peer -> Thread.ofVirtual().start(() -> comeBack(peer, server, served))).toList();
            for (var thread : coming) {
                assertThat(thread.join(LIMIT)).isTrue();
            }
            over.set(true);
            auditor.join();
            assertThat(served).hasValue(clients);
            assertThat(most.get()).isLessThanOrEqualTo(places);
            assertThat(server.snapshot().refused()).isZero();
        }
    }

    private static void comeBack(Peer before, TcpServer server, AtomicInteger served) {
        try (before) {
            before.awaitEnd();
            try (var peer = Peer.of(server).send("back")) {
                if ("back".equals(peer.line())) {
                    served.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** E14: a drain under load, with a handler that does not return and a peer that does not read. */
    @Test
    void aDrainAnswersEveryRequestTakenThoughOneHandlerIsStuckAndOnePeerDoesNotRead() throws Exception {
        int clients = 100;
        var limit = Duration.ofSeconds(2);
        var over = new Signal();
        var taken = new AtomicInteger();
        var answered = new AtomicInteger();
        try (var server = server().handler(client -> client.forEach(line -> {
                    switch (line) {
                        case "stuck" -> over.awaitStubbornly();
                        case "flood" -> {
                            while (true) {
                                client.send("x".repeat(10_000));
                            }
                        }
                        default -> {
                            taken.incrementAndGet();
                            client.send(line);
                        }
                    }
                })).start();
                var stuck = Peer.of(server).send("stuck");
                var zeroWindow = Peer.to(server.address(), 2_048).send("flood")) {
            var asking = new ArrayList<Thread>();
            for (int i = 0; i < clients; i++) {
                asking.add(Thread.ofVirtual().start(() -> ask(server, answered)));
            }
            await().atMost(LIMIT).until(() -> answered.get() > 10 * clients);

            long start = System.nanoTime();
            var report = server.drain(limit);
            var took = Duration.ofNanos(System.nanoTime() - start);
            over.give();

            for (var thread : asking) {
                assertThat(thread.join(LIMIT)).isTrue();
            }
            assertThat(answered).hasValue(taken.get());
            assertThat(report).isEqualTo(new DrainReport(clients, 2, 1));
            assertThat(took).isLessThan(limit.plusSeconds(1));
            stuck.awaitEnd();
            zeroWindow.leave();
        }
    }

    private static void ask(TcpServer server, AtomicInteger answered) {
        try (var peer = Peer.of(server)) {
            while (true) {
                peer.send("request");
                if (peer.line() == null) {
                    return;
                }
                answered.incrementAndGet();
            }
        } catch (IOException ended) {
            // Sent after the drain had begun, to a socket that is closed.
        }
    }
}

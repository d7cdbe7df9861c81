package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.State;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.transport.CloseReason;

/** How a server closes: within 2 s, whatever the handlers do, and leaving nothing. */
@ExtendWith(Baseline.class)
@SuppressWarnings("try") // closing is what is tested
class ClosingTest {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server(Handler<String> handler) {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(handler);
    }

    private static Duration closing(TcpServer server) {
        long start = System.nanoTime();
        server.close();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Nested
    class AHandlerThatDoesNotReturn {

        @Test
        void isReportedWithItsStackAndStaysLiveUntilItReturns() throws Exception {
            var stop = new AtomicBoolean();
            // An interrupt in flush would end the handler: it must be past it.
            var inside = new Signal();
            try (var server = server(client -> {
                        client.send("hello");
                        client.flush();
                        inside.give();
                        computeUntil(stop);
                    }).start();
                    var peer = Peer.of(server)) {
                try {
                    assertThat(peer.line()).isEqualTo("hello");
                    inside.await();

                    assertThat(closing(server)).isLessThan(CLOSE_LIMIT);

                    assertThat(events.nextAbandoned().stack()).anySatisfy(
                            frame -> assertThat(frame.getMethodName()).isEqualTo("computeUntil"));
                    peer.awaitEnd();
                    assertThat(server.awaitTermination(Duration.ofSeconds(1))).isTrue();
                    assertThat(server.snapshot()).satisfies(now -> {
                        assertThat(now.live()).isEqualTo(1);
                        assertThat(now.clients()).extracting(client -> client.state()).containsExactly(State.ABANDONED);
                    });
                } finally {
                    stop.set(true);
                }
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.SERVER_CLOSED);
                assertThat(server.snapshot().live()).isZero();
                assertThat(events.seen("abandoned")).hasSize(1);
            }
        }

        private static void computeUntil(AtomicBoolean stop) {
            while (!stop.get()) {
                Thread.onSpinWait();
            }
        }

        @Test
        void becauseItSwallowsEveryInterruptDoesNotHoldTheServerUp() throws Exception {
            var stop = new Signal();
            var inside = new Signal();
            try (var server = server(client -> {
                        client.send("hello");
                        client.flush();
                        inside.give();
                        stop.awaitStubbornly();
                    }).start();
                    var peer = Peer.of(server)) {
                try {
                    assertThat(peer.line()).isEqualTo("hello");
                    inside.await();
                    assertThat(closing(server)).isLessThan(CLOSE_LIMIT);
                    assertThat(events.nextAbandoned().id()).isEqualTo(1);
                } finally {
                    stop.give();
                }
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.SERVER_CLOSED);
            }
        }

        @Test
        void isAbandonedTooWhenTheAdminClosesItsClientAndKeepsItsPlace() throws Exception {
            var stop = new Signal();
            var inside = new Signal();
            try (var server = server(client -> {
                        client.send("hello");
                        client.flush();
                        inside.give();
                        stop.awaitStubbornly();
                    }).maxConnections(1).start();
                    var peer = Peer.of(server)) {
                try {
                    assertThat(peer.line()).isEqualTo("hello");
                    inside.await();
                    server.close(1);

                    assertThat(events.nextAbandoned().id()).isEqualTo(1);
                    assertThat(server.snapshot().live()).isEqualTo(1);
                    try (var next = Peer.of(server)) {
                        events.nextWaiting();
                        stop.give();
                        assertThat(next.line()).isEqualTo("hello");
                    }
                } finally {
                    stop.give();
                }
                // A place is given back before its end is told, so the next one's may be told first.
                assertThat(List.of(events.nextClosed(), events.nextClosed()))
                        .anyMatch(end -> end.id() == 1 && end.reason() == CloseReason.CLOSED_BY_ADMIN);
            }
        }
    }

    @Nested
    class Promptly {

        @Test
        void thoughManyClientsWaitSendOrBlockElsewhere() throws Exception {
            var elsewhere = new LinkedBlockingQueue<String>();
            try (var server = server(client -> client.forEach(line -> {
                        switch (line) {
                            case "block" -> elsewhere.take();
                            case "send" -> {
                                while (true) {
                                    client.send("x".repeat(60_000));
                                }
                            }
                            default -> client.send(line);
                        }
                    })).start()) {
                var peers = new ArrayList<Peer>();
                for (int i = 0; i < 60; i++) {
                    peers.add(Peer.to(server.address(), 4_096).send(switch (i % 3) {
                        case 0 -> "block";
                        case 1 -> "send";
                        default -> "echo";
                    }));
                }
                await().atMost(Duration.ofSeconds(20)).until(() -> server.snapshot().live() == 60);

                assertThat(closing(server)).isLessThan(CLOSE_LIMIT);

                assertThat(server.snapshot().live()).isZero();
                assertThat(server.snapshot().closedBy()).containsOnlyKeys(CloseReason.SERVER_CLOSED);
                assertThat(events.seen("abandoned")).isEmpty();
                for (var peer : peers) {
                    peer.close();
                }
            }
        }

        @Test
        void calledByAHandlerItself() throws Exception {
            var self = new LinkedBlockingQueue<TcpServer>();
            try (var server = server(client -> self.take().close()).start();
                    var peer = Peer.of(server)) {
                self.add(server);
                assertThat(server.awaitTermination(Duration.ofSeconds(20))).isTrue();
                peer.awaitEnd();
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.SERVER_CLOSED);
            }
        }

        @Test
        void andThePortIsFreeAtOnce() throws Exception {
            for (int i = 0; i < 20; i++) {
                int port;
                try (var server = server(client -> client.forEach(client::send)).start();
                        var peer = Peer.of(server)) {
                    assertThat(peer.send("a").line()).isEqualTo("a");
                    port = server.port();
                    server.close();
                    try (var again = server(client -> client.send("again")).port(port).start();
                            var newcomer = Peer.of(again)) {
                        assertThat(newcomer.line()).isEqualTo("again");
                    }
                }
            }
        }
    }

    @Nested
    class AtABadMoment {

        @Test
        void whileClientsStreamInEveryAcceptedOneIsAccountedFor() throws Exception {
            for (int round = 0; round < 200; round++) {
                var started = new CountDownLatch(1);
                var recorded = new RecordingEvents();
                // Few places and a short queue, so that closing meets clients in every state.
                try (var server = server(client -> client.forEach(client::send))
                        .events(recorded).maxConnections(2).maxQueued(2).start()) {
                    var storm = Thread.ofVirtual().start(() -> storm(server, started));
                    started.await();
                    server.close();
                    var end = server.snapshot();

                    assertThat(end.live() + end.waiting()).isZero();
                    assertThat(end.accepted()).isEqualTo(end.refused() + end.closed());
                    assertThat(storm.join(Duration.ofSeconds(20))).isTrue();
                    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                        assertThat(recorded.seen("refused")).hasSize((int) end.refused());
                        assertThat(recorded.seen("closed")).hasSize((int) end.closed());
                    });
                    assertThat(recorded.seen("opened")).hasSize((int) end.closed());
                }
            }
        }

        private static void storm(TcpServer server, CountDownLatch started) {
            var peers = new ArrayList<Peer>();
            try {
                for (int i = 0; i < 8; i++) {
                    peers.add(Peer.of(server));
                    if (i == 2) {
                        started.countDown();
                    }
                }
            } catch (IOException closed) {
                started.countDown();
            }
            for (var peer : peers) {
                try (peer) {
                    // Who only listens may wait for ever: Linux forgets a client without a word if the listener closes
                    // in the instant its handshake ends. Whoever sends is told.
                    peer.send("anybody?").awaitEnd();
                } catch (IOException gone) {
                    // The server has closed.
                }
            }
        }
    }

    @Nested
    class AnObserverThatBlocksTheAcceptor {
        private final Signal onAcceptor = new Signal();
        private final Signal goOn = new Signal();

        private TcpServer blocked() throws IOException {
            return server(client -> client.forEach(client::send)).maxConnections(1).whenFull(WhenFull.REFUSE).events(new ServerEvents() {
                @Override
                public void refused(long id, InetSocketAddress peer, RefuseReason reason) {
                    onAcceptor.give();
                    goOn.awaitStubbornly();
                }

                @Override
                public void closed(Closed closed) {
                    events.closed(closed);
                }
            }).start();
        }

        @Test
        void doesNotHoldUpClose() throws Exception {
            try (var server = blocked();
                    var peer = Peer.of(server).send("a")) {
                assertThat(peer.line()).isEqualTo("a");
                try (var refused = Peer.of(server)) {
                    onAcceptor.await();
                    assertThat(closing(server)).isLessThan(CLOSE_LIMIT);
                    assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.SERVER_CLOSED);
                    goOn.give();
                    refused.awaitEnd();
                }
            }
        }

        @Test
        void doesNotHoldUpADrain() throws Exception {
            try (var server = blocked();
                    var peer = Peer.of(server).send("a")) {
                assertThat(peer.line()).isEqualTo("a");
                try (var refused = Peer.of(server)) {
                    onAcceptor.await();
                    long start = System.nanoTime();
                    assertThat(server.drain(Duration.ofMillis(500)).finished()).isEqualTo(1);
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_500));
                    assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.DRAINED);
                    goOn.give();
                    refused.awaitEnd();
                }
            }
        }

        @Test
        void bringsNobodyIntoAServerThatIsClosed() throws Exception {
            var codec = new HookedLines();
            var handled = new AtomicBoolean();
            try (var server = TcpServer.builder(codec).port(0).events(events).handler(_ -> handled.set(true)).start()) {
                codec.onceOnTheAcceptor(() -> {
                    onAcceptor.give();
                    goOn.awaitStubbornly();
                });
                try (var late = Peer.of(server)) {
                    onAcceptor.await();
                    server.close();
                    goOn.give();

                    assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.SERVER_CLOSED);
                    late.awaitEnd();
                    assertThat(handled).isFalse();
                }
            }
        }
    }
}

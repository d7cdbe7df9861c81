package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;

/** Who gets a place, who waits, who is refused. */
@ExtendWith(Baseline.class)
class AdmittingTest {
    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(AdmittingTest::greet);
    }

    private static void greet(Connection<String> client) throws Exception {
        client.send("hello");
        client.forEach(client::send);
    }

    private static List<Peer> connect(TcpServer server, int count) throws IOException {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(Peer.of(server));
        }
        return peers;
    }

    private static void awaitAccepted(TcpServer server, int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> server.snapshot().accepted() == count);
    }

    @Nested
    class TheBounds {

        @Test
        void asManyClientsAsPlacesAreServedAndOneMoreWaits() throws Exception {
            try (var server = server().maxConnections(3).start()) {
                var served = connect(server, 2);
                awaitAccepted(server, 2);
                assertThat(server.snapshot().live()).isEqualTo(2);

                served.add(Peer.of(server));
                awaitAccepted(server, 3);
                assertThat(server.snapshot().live()).isEqualTo(3);
                assertThat(server.snapshot().waiting()).isZero();

                try (var fourth = Peer.of(server)) {
                    assertThat(events.nextWaiting()).isEqualTo(1);
                    assertThat(server.snapshot().live()).isEqualTo(3);
                    assertThat(server.snapshot().waiting()).isEqualTo(1);
                    for (var peer : served) {
                        assertThat(peer.line()).isEqualTo("hello");
                        peer.close();
                    }
                    assertThat(fourth.line()).isEqualTo("hello");
                }
            }
        }

        @Test
        void asManyClientsAsTheQueueHoldsWaitAndOneMoreIsRefused() throws Exception {
            try (var server = server().maxConnections(1).maxQueued(2).start()) {
                var peers = connect(server, 2);
                assertThat(events.nextWaiting()).isEqualTo(1);
                peers.add(Peer.of(server));
                assertThat(events.nextWaiting()).isEqualTo(2);
                assertThat(server.snapshot().refused()).isZero();

                try (var tooMany = Peer.of(server)) {
                    assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.QUEUE_FULL);
                    tooMany.awaitEnd();
                }
                assertThat(server.snapshot().waiting()).isEqualTo(2);
                for (var peer : peers) {
                    peer.close();
                }
            }
        }

        @Test
        void aReplacerMustBeAllowedToWait() {
            assertThatThrownBy(() -> server().whenFull(WhenFull.REPLACE).maxQueued(0).start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("maxQueued is 0, allowed are 1 to ");
        }

        @Test
        void withoutAQueueTheNextClientIsRefused() throws Exception {
            try (var server = server().maxConnections(1).maxQueued(0).start();
                    var first = Peer.of(server);
                    var second = Peer.of(server)) {
                assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.QUEUE_FULL);
                second.awaitEnd();
                assertThat(first.line()).isEqualTo("hello");
            }
        }

        @Test
        void noMoreThanMaxConnectionsAreEverInTheirHandlers() throws Exception {
            int places = 4;
            var free = new Semaphore(places);
            var tooMany = new ConcurrentLinkedQueue<Long>();
            Handler<String> handler = client -> {
                if (!free.tryAcquire()) {
                    tooMany.add(client.id());
                }
                try {
                    client.send(client.expect());
                } finally {
                    free.release();
                }
            };
            try (var server = server().maxConnections(places).queueTimeout(Duration.ofSeconds(30)).handler(handler).start()) {
                var peers = connect(server, 200);
                for (var peer : peers) {
                    peer.send("x");
                }
                for (var peer : peers) {
                    assertThat(peer.line()).isEqualTo("x");
                    peer.close();
                }
                assertThat(tooMany).isEmpty();
            }
        }
    }

    @Nested
    class TheOrder {

        @Test
        void placesGoToWaitingClientsInOrderOfAccept() throws Exception {
            var served = new ConcurrentLinkedQueue<Long>();
            Handler<String> handler = client -> {
                served.add(client.id());
                client.receive();
            };
            try (var server = server().maxConnections(1).handler(handler).start()) {
                var peers = new ArrayList<Thread>();
                for (int i = 0; i < 8; i++) {
                    peers.add(Thread.ofVirtual().start(() -> comeAndGo(server, 25)));
                }
                for (var peer : peers) {
                    assertThat(peer.join(Duration.ofSeconds(30))).isTrue();
                }
                await().atMost(Duration.ofSeconds(20)).until(() -> server.snapshot().closed() == 200);

                assertThat(List.copyOf(served)).hasSize(200).isSorted();
            }
        }

        private static void comeAndGo(TcpServer server, int times) {
            try {
                for (int i = 0; i < times; i++) {
                    try (var peer = Peer.of(server)) {
                        peer.send("x").awaitEnd();
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class Refusing {

        @Test
        void aFullServerThatRefusesSaysFull() throws Exception {
            try (var server = server().maxConnections(1).whenFull(WhenFull.REFUSE).start();
                    var first = Peer.of(server);
                    var second = Peer.of(server)) {
                var refused = events.nextRefused();

                assertThat(refused.reason()).isEqualTo(RefuseReason.FULL);
                assertThat(refused.peer().getPort()).isEqualTo(second.port());
                assertThat(second.rest()).isEmpty();
                assertThat(first.line()).isEqualTo("hello");
                assertThat(server.snapshot().refusedBy()).containsOnly(Map.entry(RefuseReason.FULL, 1L));
            }
        }

        @Test
        void aRefusedClientHearsTheBusyNotice() throws Exception {
            try (var server = server().maxConnections(1).whenFull(WhenFull.REFUSE).busyNotice("BUSY").start();
                    var first = Peer.of(server);
                    var second = Peer.of(server)) {
                assertThat(second.rest()).containsExactly("BUSY");
                assertThat(first.line()).isEqualTo("hello");
            }
        }

        @Test
        void aRefusedClientHearsTheBusyNoticeThoughItHadSentDataBefore() throws Exception {
            try (var server = server().maxConnections(1).whenFull(WhenFull.REFUSE).busyNotice("BUSY").start();
                    var first = Peer.of(server)) {
                assertThat(first.line()).isEqualTo("hello");
                server.suspend();
                for (int i = 0; i < 20; i++) {
                    try (var eager = Peer.of(server)) {
                        eager.send("x".repeat(60_000), "y");
                        server.resume();
                        assertThat(eager.rest()).containsExactly("BUSY");
                        server.suspend();
                    }
                }
            }
        }

        @Test
        void whoIsTurnedAwayFromAFullQueueHearsTheBusyNotice() throws Exception {
            try (var server = server().maxConnections(1).maxQueued(1).busyNotice("BUSY").start();
                    var first = Peer.of(server);
                    var second = Peer.of(server);
                    var third = Peer.of(server)) {
                assertThat(third.rest()).containsExactly("BUSY");
                assertThat(first.line()).isEqualTo("hello");
                first.leave();
                assertThat(second.line()).isEqualTo("hello");
            }
        }

        @Test
        void whoWaitedTooLongIsRefusedAndHearsTheBusyNotice() throws Exception {
            try (var server = server().maxConnections(1).queueTimeout(Duration.ofMillis(200)).busyNotice("BUSY").start();
                    var first = Peer.of(server);
                    var second = Peer.of(server).send("data before")) {
                assertThat(second.rest()).containsExactly("BUSY");
                assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.QUEUE_TIMEOUT);
                assertThat(server.snapshot().waiting()).isZero();
                assertThat(first.line()).isEqualTo("hello");
            }
        }
    }
}

package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.proof.ThreadDump;

/** On which thread an event comes, what threads are called, and that observers harm nobody. */
@ExtendWith(Baseline.class)
class EventsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static ServerBuilder<String> server(ServerEvents events) {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(client -> client.forEach(client::send));
    }

    @Nested
    class TheThread {

        @Test
        void ofAClientIsCalledAfterItAndReadsLikeAClientListInADump() throws Exception {
            var name = new AtomicReference<>("");
            var named = new Signal();
            try (var server = server(ServerEvents.NONE).handler(client -> {
                        name.set(Thread.currentThread().getName());
                        named.give();
                        client.receive();
                    }).start();
                    var peer = Peer.of(server)) {
                named.await();
                var expected = "berth-" + server.port() + "-client-1 127.0.0.1:" + peer.port();
                assertThat(name.get()).isEqualTo(expected);
                assertThat(server.snapshot().clients()).extracting(client -> client.threadName())
                        .containsExactly(expected);
                assertThat(ThreadDump.text()).contains("\"" + expected + "\" virtual");
                assertThat(ThreadDump.berthThreads())
                        .contains(expected, "berth-" + server.port() + "-acceptor");
            }
        }

        @Test
        void isNamedAfterTheServerIfThatHasAName() throws Exception {
            var events = new RecordingEvents();
            try (var server = server(events).name("meters").start();
                    var peer = Peer.of(server)) {
                assertThat(peer.send("a").line()).isEqualTo("a");
                assertThat(events.seen("opened").getFirst().thread())
                        .isEqualTo("berth-meters-client-1 127.0.0.1:" + peer.port());
            }
        }

        @Test
        void ofOpenedAndClosedIsTheClientsAndOfRefusedTheAcceptors() throws Exception {
            var events = new RecordingEvents();
            try (var server = server(events).name("s").maxConnections(1).whenFull(WhenFull.REFUSE).start();
                    var peer = Peer.of(server)) {
                events.nextOpened();
                try (var refused = Peer.of(server)) {
                    refused.awaitEnd();
                    events.nextRefused();
                }
                peer.leave();
                events.nextClosed();

                var client = "berth-s-client-1 127.0.0.1:" + peer.port();
                assertThat(events.seen("opened").getFirst().thread()).isEqualTo(client);
                assertThat(events.seen("closed").getFirst().thread()).isEqualTo(client);
                assertThat(events.seen("refused").getFirst().thread()).isEqualTo("berth-s-acceptor");
            }
        }

        @Test
        void ofARefusalAfterWaitingIsTheClientsOwn() throws Exception {
            var events = new RecordingEvents();
            try (var server = server(events).name("s").maxConnections(1).start();
                    var first = Peer.of(server)) {
                events.nextOpened();
                try (var waiting = Peer.of(server)) {
                    events.nextWaiting();
                    waiting.reset();
                    events.nextRefused();
                    assertThat(events.seen("refused").getFirst().thread()).startsWith("berth-s-client-2 ");
                }
                assertThat(first.send("a").line()).isEqualTo("a");
            }
        }
    }

    @Nested
    class AnObserverThatThrows {

        @Test
        void isCountedToldAboutItOnceAndHarmsNobody() throws Exception {
            Queue<String> told = new ConcurrentLinkedQueue<>();
            var observer = new ServerEvents() {
                @Override
                public void opened(Connection<?> client) {
                    throw new IllegalStateException("observer's own");
                }

                @Override
                public void closed(Closed closed) {
                    throw new StackOverflowError("observer's own");
                }

                @Override
                public void refused(long id, InetSocketAddress peer, RefuseReason reason) {
                    throw new IllegalStateException("observer's own");
                }

                @Override
                public void observerFailed(String event, Throwable error) {
                    told.add(event + ": " + error.getMessage());
                    throw new IllegalStateException("again");
                }
            };
            try (var server = server(observer).maxConnections(1).whenFull(WhenFull.REFUSE).start();
                    var peer = Peer.of(server)) {
                assertThat(peer.send("a").line()).isEqualTo("a");
                try (var refused = Peer.of(server)) {
                    refused.awaitEnd();
                }
                peer.leave();

                await().atMost(LIMIT).untilAsserted(() -> {
                    assertThat(server.snapshot().closed()).isEqualTo(1);
                    // opened, refused, closed, and the one report
                    assertThat(server.snapshot().observerFailures()).isEqualTo(4);
                });
                assertThat(told).containsExactly("opened: observer's own");
            }
        }
    }

    @Nested
    class AnObserverThatIsSlow {

        @Test
        void isCountedAndHoldsUpOnlyTheClientItIsToldOf() throws Exception {
            var hold = new Signal();
            var observer = new ServerEvents() {
                @Override
                public void opened(Connection<?> client) {
                    if (client.id() == 1) {
                        hold.awaitStubbornly();
                    }
                }
            };
            try (var server = server(observer).start();
                    var held = Peer.of(server).send("a")) {
                await().atMost(LIMIT).until(() -> server.snapshot().live() == 1);
                try (var other = Peer.of(server)) {
                    assertThat(other.send("b").line()).isEqualTo("b");
                    // Longer than the 10 ms an observer may take.
                    assertThat(hold.within(Duration.ofMillis(20))).isFalse();
                    hold.give();
                    assertThat(held.line()).isEqualTo("a");
                    assertThat(server.snapshot().observerSlow()).isPositive();
                }
            }
        }
    }

    @Nested
    class AnInterruptThatAnObserverLeaves {
        private final RecordingEvents events = new RecordingEvents();

        private final ServerEvents interrupting = new ServerEvents() {
            @Override
            public void waiting(long id, InetSocketAddress peer, int position) {
                events.waiting(id, peer, position);
                Thread.currentThread().interrupt();
            }

            @Override
            public void opened(Connection<?> client) {
                Thread.currentThread().interrupt();
            }

            @Override
            public void refused(long id, InetSocketAddress peer, RefuseReason reason) {
                Thread.currentThread().interrupt();
            }
        };

        @Test
        void doesNotEndTheClientThatIsOpened() throws Exception {
            try (var server = server(interrupting).start();
                    var peer = Peer.of(server).send("a")) {
                assertThat(peer.line()).isEqualTo("a");
            }
        }

        @Test
        void doesNotEndTheLoginOfTheClientThatIsOpened() throws Exception {
            try (var server = server(interrupting).authenticate(client -> client.expect().equals("secret")).start();
                    var peer = Peer.of(server).send("secret", "a")) {
                assertThat(peer.line()).isEqualTo("a");
            }
        }

        @Test
        void doesNotEndTheClientThatWaits() throws Exception {
            try (var server = server(interrupting).maxConnections(1).queueNotice(_ -> "wait").start();
                    var first = Peer.of(server).send("a")) {
                assertThat(first.line()).isEqualTo("a");
                try (var second = Peer.of(server).send("b")) {
                    assertThat(second.line()).isEqualTo("wait");
                    first.leave();
                    assertThat(second.line()).isEqualTo("b");
                }
            }
        }

        @Test
        void doesNotKeepTheLastWordFromWhoHasWaited() throws Exception {
            try (var server = server(interrupting).maxConnections(1).busyNotice("BUSY").queueTimeout(Duration.ofMillis(100)).start();
                    var first = Peer.of(server).send("a")) {
                assertThat(first.line()).isEqualTo("a");
                try (var second = Peer.of(server)) {
                    assertThat(second.line()).isEqualTo("BUSY");
                }
            }
        }
    }
}

package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.State;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** What happens to a client while it waits for a place. */
@ExtendWith(Baseline.class)
class QueueTest {
    private static final Duration FREED_WITHIN = Duration.ofSeconds(1);

    private final RecordingEvents events = new RecordingEvents();

    /** One place, which the first client keeps until it ends. */
    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines())
                .port(0)
                .maxConnections(1)
                .queueTimeout(Duration.ofSeconds(30))
                .events(events)
                .handler(client -> client.forEach(line -> client.send("echo " + line)));
    }

    private Peer servedFirst(TcpServer server) throws Exception {
        var first = Peer.of(server);
        events.nextOpened();
        return first;
    }

    @Nested
    class Leaving {

        @Test
        void byResetFreesThePlaceInTheQueueWithinASecond() throws Exception {
            try (var server = server().start();
                    var first = servedFirst(server);
                    var waiting = Peer.of(server)) {
                events.nextWaiting();

                long start = System.nanoTime();
                waiting.reset();
                assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.LEFT);

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FREED_WITHIN);
                assertThat(server.snapshot().waiting()).isZero();
                assertThat(first.send("a").line()).isEqualTo("echo a");
            }
        }

        @Test
        void byEndOfStreamWithoutAByteFreesThePlaceInTheQueueWithinASecond() throws Exception {
            try (var server = server().start();
                    var first = servedFirst(server);
                    var waiting = Peer.of(server)) {
                events.nextWaiting();

                long start = System.nanoTime();
                waiting.halfClose();
                assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.LEFT);

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FREED_WITHIN);
                assertThat(server.snapshot().waiting()).isZero();
                assertThat(waiting.rest()).isEmpty();
                assertThat(first.send("a").line()).isEqualTo("echo a");
            }
        }

        @Test
        void byResetAfterDataFreesThePlaceInTheQueueToo() throws Exception {
            try (var server = server().start();
                    var first = servedFirst(server);
                    var waiting = Peer.of(server).send("hello?")) {
                events.nextWaiting();
                waiting.reset();

                assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.LEFT);
                assertThat(first.send("a").line()).isEqualTo("echo a");
            }
        }

        @Test
        void letsTheNextOneBehindIntoTheQueue() throws Exception {
            try (var server = server().maxQueued(1).start();
                    var first = servedFirst(server);
                    var leaving = Peer.of(server)) {
                events.nextWaiting();
                leaving.reset();
                events.nextRefused();

                try (var next = Peer.of(server).send("b")) {
                    assertThat(events.nextWaiting()).isEqualTo(1);
                    first.leave();
                    assertThat(next.line()).isEqualTo("echo b");
                }
            }
        }
    }

    @Nested
    class Staying {

        @Test
        void dataFollowedByAHalfCloseHasNotLeftAndIsServed() throws Exception {
            try (var server = server().start();
                    var first = servedFirst(server);
                    var waiting = Peer.of(server).send("a", "b").halfClose()) {
                events.nextWaiting();
                assertThat(first.send("still here").line()).isEqualTo("echo still here");
                assertThat(server.snapshot().waiting()).isEqualTo(1);
                first.leave();

                assertThat(waiting.rest()).containsExactly("echo a", "echo b");
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.PEER_CLOSED);
            }
        }

        @Test
        void whatWasReadAheadBecomesTheInputHoweverMuchItIs() throws Exception {
            for (int length : new int[] {1, 254, 255, 256, 257, 600, 60_000}) {
                try (var server = server().start();
                        var first = servedFirst(server);
                        var waiting = Peer.of(server).send("x".repeat(length), "end")) {
                    events.nextWaiting();
                    first.leave();

                    assertThat(waiting.line()).isEqualTo("echo " + "x".repeat(length));
                    assertThat(waiting.line()).isEqualTo("echo end");
                    assertThat(waiting.send("later").line()).isEqualTo("echo later");
                }
            }
        }

        @Test
        void aSilentClientIsServedWhenItsTurnComesAndSpeaksOnlyThen() throws Exception {
            try (var server = server().start();
                    var first = servedFirst(server);
                    var waiting = Peer.of(server)) {
                events.nextWaiting();
                first.leave();
                events.nextOpened();

                assertThat(waiting.send("a").line()).isEqualTo("echo a");
            }
        }

        @Test
        void aReceiveWithATimeoutTakesOverThePendingReadAndStaysUsable() throws Exception {
            Handler<String> handler = client -> {
                for (int i = 0; i < 2; i++) {
                    try {
                        client.receive(Duration.ofMillis(30));
                    } catch (java.net.SocketTimeoutException nothingYet) {
                        client.send("nothing yet");
                    }
                }
                client.send("got " + client.receive());
            };
            try (var server = server().handler(handler).start();
                    var first = servedFirst(server);
                    var waiting = Peer.of(server)) {
                events.nextWaiting();
                first.leave();

                assertThat(waiting.line()).isEqualTo("nothing yet");
                assertThat(waiting.line()).isEqualTo("nothing yet");
                assertThat(waiting.send("a").line()).isEqualTo("got a");
            }
        }

        @Test
        void aWaitingClientIsToldItsPositionIfTheServerIsConfiguredSo() throws Exception {
            try (var server = server().queueNotice(position -> "WAIT " + position).start();
                    var first = servedFirst(server);
                    var second = Peer.of(server)) {
                assertThat(second.line()).isEqualTo("WAIT 1");
                try (var third = Peer.of(server)) {
                    assertThat(third.line()).isEqualTo("WAIT 2");
                    first.leave();
                    assertThat(second.send("a").line()).isEqualTo("echo a");
                }
            }
        }
    }

    @Nested
    class SeenFromOutside {

        @Test
        void theSnapshotShowsWhoWaitsAndSince() throws Exception {
            try (var server = server().start();
                    var first = servedFirst(server);
                    var waiting = Peer.of(server)) {
                events.nextWaiting();
                var clients = server.snapshot().clients();

                assertThat(clients).extracting(client -> client.state()).containsExactly(State.SERVING, State.WAITING);
                assertThat(clients).extracting(client -> client.remoteAddress().getPort())
                        .containsExactly(first.port(), waiting.port());
            }
        }

        @Test
        void aWaitingClientClosedByItsNumberIsRefusedAndNeverServed() throws Exception {
            try (var server = server().start();
                    var first = servedFirst(server);
                    var waiting = Peer.of(server)) {
                events.nextWaiting();
                long id = server.snapshot().clients().getLast().id();

                assertThat(server.close(id)).isTrue();

                assertThat(events.nextRefused()).satisfies(refused -> {
                    assertThat(refused.id()).isEqualTo(id);
                    assertThat(refused.reason()).isEqualTo(RefuseReason.CLOSED);
                });
                waiting.awaitEnd();
                assertThat(first.send("a").line()).isEqualTo("echo a");
                assertThat(events.seen("opened")).hasSize(1);
            }
        }

        @Test
        @SuppressWarnings("try")
        void whoeverWaitsWhenTheServerClosesIsRefusedWithThatReason() throws Exception {
            try (var server = server().start();
                    var first = servedFirst(server);
                    var waiting = Peer.of(server)) {
                events.nextWaiting();
                server.close();

                assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.CLOSED);
                waiting.awaitEnd();
                first.awaitEnd();
            }
        }
    }
}

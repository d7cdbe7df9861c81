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

/** How a client leaves the queue, and how the queue is seen from outside. */
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
                    assertThat(refused.reason()).isEqualTo(RefuseReason.CLOSED_BY_ADMIN);
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

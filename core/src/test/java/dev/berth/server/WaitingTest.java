package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** What a client that waits for a place hears, and what becomes of what it says meanwhile. */
@ExtendWith(Baseline.class)
class WaitingTest {
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
    void anInterruptWhileTheFirstReceiveWaitsForThePendingReadEndsTheConnection() throws Exception {
        var threads = new LinkedBlockingQueue<Thread>();
        Handler<String> handler = client -> {
            threads.add(Thread.currentThread());
            client.receive();
        };
        try (var server = server().handler(handler).start();
                var first = servedFirst(server);
                var waiting = Peer.of(server)) {
            threads.take();
            events.nextWaiting();
            first.leave();
            events.nextClosed();
            var thread = threads.take();
            await().atMost(Duration.ofSeconds(20)).until(() -> thread.getState() != Thread.State.RUNNABLE);
            thread.interrupt();

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.INTERRUPTED);
            waiting.awaitEnd();
        }
    }

    @Test
    void aReceiveWithATimeoutTakesOverThePendingReadAndStaysUsable() throws Exception {
        Handler<String> handler = client -> {
            for (int i = 0; i < 2; i++) {
                try {
                    client.receive(Duration.ofMillis(30));
                } catch (SocketTimeoutException nothingYet) {
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

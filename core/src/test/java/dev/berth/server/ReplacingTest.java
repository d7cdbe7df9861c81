package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.transport.CloseReason;

/** The newest client wins: {@code whenFull(REPLACE)}. */
@ExtendWith(Baseline.class)
class ReplacingTest {
    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines())
                .port(0)
                .maxConnections(1)
                .whenFull(WhenFull.REPLACE)
                .events(events)
                .handler(ReplacingTest::greetAndEcho);
    }

    private static void greetAndEcho(Connection<String> client) throws Exception {
        client.send("hello");
        client.forEach(client::send);
    }

    @Test
    void theNewestClientWins() throws Exception {
        try (var server = server().start();
                var first = Peer.of(server)) {
            assertThat(first.line()).isEqualTo("hello");
            try (var second = Peer.of(server)) {
                assertThat(second.line()).isEqualTo("hello");
                assertThat(first.line()).isNull();
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.REPLACED);
                try (var third = Peer.of(server)) {
                    assertThat(third.line()).isEqualTo("hello");
                    assertThat(second.line()).isNull();
                    assertThat(third.send("a").line()).isEqualTo("a");
                }
            }
        }
    }

    @Test
    void theReplacedHandlerIsInterruptedWhereItWaitsForSomethingElse() throws Exception {
        var inbox = new LinkedBlockingQueue<String>();
        Handler<String> handler = client -> {
            client.send("hello");
            client.flush();
            client.send(inbox.take());
        };
        try (var server = server().handler(handler).start();
                var first = Peer.of(server)) {
            assertThat(first.line()).isEqualTo("hello");
            try (var second = Peer.of(server)) {
                assertThat(second.line()).isEqualTo("hello");
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.REPLACED);
                inbox.add("for the newest");
                assertThat(second.line()).isEqualTo("for the newest");
            }
        }
    }

    @Test
    void ofTwoNewcomersAtOnceTheLaterOneWins() throws Exception {
        var hold = new Signal();
        var cut = new Signal();
        Handler<String> handler = client -> {
            client.send("hello");
            if (client.id() == 1) {
                try {
                    client.receive();
                } catch (java.io.IOException replaced) {
                    cut.give();
                    hold.awaitStubbornly();
                }
            }
            client.receive();
        };
        try (var server = server().handler(handler).start();
                var first = Peer.of(server)) {
            assertThat(first.line()).isEqualTo("hello");
            try (var second = Peer.of(server)) {
                cut.await();
                try (var third = Peer.of(server)) {
                    var refused = events.nextRefused();
                    assertThat(refused.reason()).isEqualTo(RefuseReason.REPLACED);
                    assertThat(refused.peer().getPort()).isEqualTo(second.port());
                    hold.give();

                    assertThat(third.line()).isEqualTo("hello");
                    second.awaitEnd();
                }
            }
        }
    }

    @Test
    void anyNumberOfNewcomersInARowLeavesExactlyTheLastOneServed() throws Exception {
        int newcomers = 100;
        try (var server = server().start()) {
            var last = Peer.of(server);
            for (int i = 1; i < newcomers; i++) {
                var before = last;
                last = Peer.of(server);
                // Alternately waits for the older one's end or comes while it is being replaced.
                if (i % 2 == 0) {
                    before.awaitEnd();
                }
                before.leave();
            }
            assertThat(last.line()).isEqualTo("hello");
            assertThat(last.send("mine").line()).isEqualTo("mine");
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(server.snapshot()).satisfies(now -> {
                assertThat(now.live()).isEqualTo(1);
                assertThat(now.waiting()).isZero();
                assertThat(now.refused() + now.closed()).isEqualTo(newcomers - 1);
            }));
            last.leave();
        }
    }

    @Test
    void withSeveralPlacesTheClientServedLongestIsReplaced() throws Exception {
        try (var server = server().maxConnections(2).start();
                var oldest = Peer.of(server);
                var older = Peer.of(server)) {
            assertThat(oldest.line()).isEqualTo("hello");
            assertThat(older.line()).isEqualTo("hello");
            try (var newest = Peer.of(server)) {
                assertThat(newest.line()).isEqualTo("hello");
                assertThat(oldest.line()).isNull();
                assertThat(older.send("a").line()).isEqualTo("a");
            }
        }
    }

    @Test
    void whoFindsThatAPlaceCameFreeReplacesNobody() throws Exception {
        var codec = new HookedLines();
        try (var server = TcpServer.builder(codec).port(0).maxConnections(2).whenFull(WhenFull.REPLACE).events(events)
                        .handler(ReplacingTest::greetAndEcho).start();
                var oldest = Peer.of(server);
                var older = Peer.of(server)) {
            assertThat(oldest.line()).isEqualTo("hello");
            assertThat(older.line()).isEqualTo("hello");
            codec.onceOnTheAcceptor(() -> {
                try {
                    older.leave();
                    events.nextClosed();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            try (var newest = Peer.of(server)) {
                assertThat(newest.line()).isEqualTo("hello");
                assertThat(oldest.send("a").line()).isEqualTo("a");
                assertThat(server.snapshot().live()).isEqualTo(2);
            }
        }
    }
}

package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.proof.ThreadDump;
import dev.berth.transport.CloseReason;

/** How a server stops without cutting work short. */
@ExtendWith(Baseline.class)
class DrainingTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final RecordingEvents events = new RecordingEvents();
    private final Signal finish = new Signal();
    private final Signal working = new Signal();

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(this::handle);
    }

    /** Idle until told to work; then at work until told to finish. */
    private void handle(Connection<String> client) throws Exception {
        client.send("hello");
        client.forEach(line -> {
            working.give();
            finish.await();
            client.send("did " + line);
        });
    }

    private static FutureTask<DrainReport> drain(TcpServer server, Duration deadline) {
        var drain = new FutureTask<>(() -> server.drain(deadline));
        Thread.ofPlatform().start(drain);
        return drain;
    }

    private static Peer greeted(TcpServer server) throws IOException {
        var peer = Peer.of(server);
        assertThat(peer.line()).isEqualTo("hello");
        return peer;
    }

    @Nested
    class WithinTheDeadline {

        @Test
        void whoWaitedHearsTheNoticeBeforeTheDrainIsOver() throws Exception {
            try (var server = server().maxConnections(1).busyNotice("BUSY").start();
                    var idle = greeted(server);
                    var waiting = Peer.of(server)) {
                events.nextWaiting();

                assertThat(server.drain(LONG)).isEqualTo(new DrainReport(1, 0, 0));

                // It keeps its side open, so the last word takes its time; the drain has waited for it.
                assertThat(ThreadDump.berthThreads()).noneMatch(name -> name.contains("-client-2 "));
                assertThat(waiting.line()).isEqualTo("BUSY");
                assertThat(idle.line()).isNull();
            }
        }

        @Test
        void anIdleClientEndsAtOnceAndABusyOneFinishesItsWork() throws Exception {
            try (var server = server().start();
                    var idle = greeted(server);
                    var busy = greeted(server)) {
                busy.send("work");
                working.await();
                var drain = drain(server, LONG);

                assertThat(idle.line()).isNull();
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.DRAINED);
                assertThat(drain.isDone()).isFalse();
                assertThat(server.snapshot().draining()).isTrue();
                finish.give();

                assertThat(busy.rest()).containsExactly("did work");
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.DRAINED);
                assertThat(drain.get()).isEqualTo(new DrainReport(2, 0, 0));
                assertThat(server.awaitTermination(Duration.ofSeconds(1))).isTrue();
            }
        }

        @Test
        void aLargeAnswerArrivesThoughThePeerHadSentMoreRequestsThatNobodyWillRead() throws Exception {
            var answer = "x".repeat(60_000);
            try (var server = server().handler(client -> {
                        client.receive();
                        working.give();
                        finish.await();
                        for (int i = 0; i < 20; i++) {
                            client.send(answer);
                        }
                    }).start();
                    var busy = Peer.to(server.address(), 4_096)) {
                busy.send("work", "x".repeat(50_000));
                working.await();
                var drain = drain(server, LONG);
                await().atMost(LONG).until(() -> server.snapshot().draining());
                assertThat(finish.within(Duration.ofMillis(50))).isFalse();
                finish.give();

                assertThat(busy.rest()).hasSize(20).containsOnly(answer);
                assertThat(drain.get()).isEqualTo(new DrainReport(1, 0, 0));
            }
        }

        @Test
        void whoeverWaitsIsRefusedAndNobodyNewIsAccepted() throws Exception {
            try (var server = server().maxConnections(1).busyNotice("BUSY").start();
                    var busy = greeted(server)) {
                busy.send("work");
                working.await();
                try (var waiting = Peer.of(server)) {
                    events.nextWaiting();
                    var drain = drain(server, LONG);

                    assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.DRAINING);
                    assertThat(waiting.rest()).containsExactly("BUSY");
                    await().atMost(LONG).until(() -> isRefused(server));
                    finish.give();
                    assertThat(drain.get()).isEqualTo(new DrainReport(1, 0, 0));
                }
            }
        }

        private static boolean isRefused(TcpServer server) {
            try (var newcomer = Peer.of(server)) {
                return newcomer.port() == 0;
            } catch (IOException refused) {
                return true;
            }
        }

        @Test
        void goodbyeIsSaidToEveryServedClientAndToNobodyElse() throws Exception {
            for (int round = 0; round < 10; round++) {
                goodbyeRound();
            }
        }

        private void goodbyeRound() throws Exception {
            Queue<Long> goodbyes = new ConcurrentLinkedQueue<>();
            var handler = new Handler<String>() {
                @Override
                public void handle(Connection<String> client) throws Exception {
                    client.send("hello");
                    client.forEach(client::send);
                }

                @Override
                public void onDrain(Connection<String> client) throws Exception {
                    goodbyes.add(client.id());
                    client.send("goodbye");
                }
            };
            try (var server = server().maxConnections(2).handler(handler).start();
                    var first = greeted(server);
                    var second = greeted(server)) {
                List<Peer> waiting = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    waiting.add(Peer.of(server));
                    events.nextWaiting();
                }
                var report = server.drain(LONG);

                assertThat(first.rest()).containsExactly("goodbye");
                assertThat(second.rest()).containsExactly("goodbye");
                assertThat(goodbyes).containsExactlyInAnyOrder(1L, 2L);
                assertThat(report).isEqualTo(new DrainReport(2, 0, 0));
                for (var peer : waiting) {
                    assertThat(peer.rest()).isEmpty();
                    peer.close();
                }
            }
        }
    }

    @Nested
    class AtTheDeadline {

        @Test
        void whoIsLeftIsCut() throws Exception {
            try (var server = server().start();
                    var idle = greeted(server);
                    var busy = greeted(server)) {
                busy.send("work");
                working.await();

                assertThat(server.drain(Duration.ofMillis(200))).isEqualTo(new DrainReport(1, 1, 0));
                busy.awaitEnd();
                assertThat(idle.line()).isNull();
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.DRAINED);
                assertThat(events.nextClosed()).satisfies(end -> {
                    assertThat(end.reason()).isEqualTo(CloseReason.DRAINED);
                    assertThat(end.cause()).isInstanceOf(InterruptedException.class);
                });
            }
        }

        @Test
        void aHandlerThatDoesNotReturnIsAbandoned() throws Exception {
            // An interrupt in flush would end the handler: it must be past it.
            var inside = new Signal();
            try (var server = server().handler(client -> {
                        client.send("hello");
                        client.flush();
                        inside.give();
                        finish.awaitStubbornly();
                    }).start();
                    var stubborn = greeted(server)) {
                try {
                    inside.await();
                    assertThat(server.drain(Duration.ofMillis(100))).isEqualTo(new DrainReport(0, 1, 1));
                    assertThat(events.nextAbandoned().id()).isEqualTo(1);
                    stubborn.awaitEnd();
                    assertThat(server.snapshot().live()).isEqualTo(1);
                } finally {
                    finish.give();
                }
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.DRAINED);
            }
        }

        @Test
        void aGoodbyeThatBlocksIsCutWithTheDrainsReason() throws Exception {
            var handler = new Handler<String>() {
                @Override
                public void handle(Connection<String> client) throws Exception {
                    client.send("hello");
                    client.receive();
                }

                @Override
                public void onDrain(Connection<String> client) throws Exception {
                    for (int i = 0; i < 200; i++) {
                        client.send("x".repeat(60_000));
                        client.flush();
                    }
                }
            };
            try (var server = server().handler(handler).start();
                    var deaf = Peer.to(server.address(), 4_096)) {
                assertThat(deaf.line()).isEqualTo("hello");

                assertThat(server.drain(Duration.ofMillis(300))).isEqualTo(new DrainReport(0, 1, 0));
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.DRAINED);
            }
        }
    }

    @Nested
    class TheLastClient {

        private TcpServer server(Signal inClosed, Signal told) throws IOException {
            var observer = new ServerEvents() {
                @Override
                public void closed(Closed closed) {
                    inClosed.give();
                    try {
                        // Longer than anybody needs to look who is here.
                        assertThat(finish.within(Duration.ofMillis(300))).isFalse();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    told.give();
                }
            };
            return TcpServer.builder(Codec.lines()).port(0).events(observer).handler(client -> client.forEach(client::send)).start();
        }

        @Test
        void isToldAsClosedBeforeADrainReturns() throws Exception {
            var inClosed = new Signal();
            var told = new Signal();
            try (var server = server(inClosed, told);
                    var peer = Peer.of(server)) {
                peer.leave();
                inClosed.await();
                server.drain(LONG);

                assertThat(told.isGiven()).isTrue();
            }
        }

        @Test
        @SuppressWarnings("try")
        void isToldAsClosedBeforeCloseReturns() throws Exception {
            var inClosed = new Signal();
            var told = new Signal();
            try (var server = server(inClosed, told);
                    var peer = Peer.of(server)) {
                peer.leave();
                inClosed.await();
                server.close();

                assertThat(told.isGiven()).isTrue();
            }
        }
    }

    @Nested
    class AGoodbye {
        private final AtomicInteger goodbyes = new AtomicInteger();
        private final Signal asked = new Signal();

        /** Busy until told to finish, so that it is there for a second drain. */
        private ServerBuilder<String> server() {
            return DrainingTest.this.server().handler(new Handler<>() {
                @Override
                public void handle(Connection<String> client) throws Exception {
                    client.send("hello");
                    client.flush();
                    finish.await();
                    client.forEach(client::send);
                }

                @Override
                public void onDrain(Connection<String> client) throws Exception {
                    goodbyes.incrementAndGet();
                    client.send("goodbye");
                    asked.give();
                }
            });
        }

        @Test
        void isSaidOnceToAClientThatIsOldWhenTheServerDrains() throws Exception {
            try (var server = server().maxAge(Duration.ofMillis(300)).start();
                    var peer = greeted(server)) {
                asked.await();
                var drain = drain(server, LONG);
                await().atMost(LONG).until(() -> ThreadDump.berthThreads().stream().noneMatch(name -> name.endsWith("acceptor")));
                finish.give();

                assertThat(peer.rest()).containsExactly("goodbye");
                assertThat(drain.get()).isEqualTo(new DrainReport(1, 0, 0));
                assertThat(goodbyes).hasValue(1);
            }
        }

        @Test
        void isSaidOnceByTwoDrains() throws Exception {
            try (var server = server().start();
                    var peer = greeted(server)) {
                var one = drain(server, LONG);
                asked.await();
                // The second one gives up early, and cuts.
                assertThat(server.drain(Duration.ofMillis(300))).isEqualTo(new DrainReport(0, 1, 0));

                assertThat(one.get().finished()).isEqualTo(1);
                peer.awaitEnd();
                assertThat(goodbyes).hasValue(1);
            }
        }
    }

    @Nested
    class AnyDuration {

        @ParameterizedTest
        @ValueSource(longs = {Long.MAX_VALUE, 365_000L * 86_400})
        void isLongEnoughForADrainThatWaitsForEverybody(long seconds) throws Exception {
            try (var server = server().start();
                    var peer = greeted(server)) {
                assertThat(server.awaitTermination(Duration.ZERO)).isFalse();
                assertThat(server.drain(Duration.ofSeconds(seconds))).isEqualTo(new DrainReport(1, 0, 0));
                assertThat(server.awaitTermination(Duration.ofSeconds(seconds))).isTrue();
                assertThat(peer.line()).isNull();
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1, Long.MIN_VALUE})
        void isShortEnoughForADrainThatCuts(long seconds) throws Exception {
            try (var server = server().start();
                    var peer = greeted(server)) {
                peer.send("work");
                working.await();
                assertThat(server.awaitTermination(Duration.ofSeconds(seconds))).isFalse();
                assertThat(server.drain(Duration.ofSeconds(seconds))).isEqualTo(new DrainReport(0, 1, 0));
                peer.awaitEnd();
            }
        }

        @Test
        void ofADrainOnShutdownIsCheckedWhenItIsGiven() throws Exception {
            try (var server = server().start()) {
                assertThatThrownBy(() -> server.drainOnShutdown(Duration.ofSeconds(-1)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("drainOnShutdown is -1s, allowed are 0s and more");
                server.drainOnShutdown(Duration.ofSeconds(Long.MAX_VALUE));
            }
        }
    }
}

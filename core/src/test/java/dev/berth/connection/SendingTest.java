package dev.berth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.Signal;
import dev.berth.server.Handler;
import dev.berth.server.TcpServer;

/** When what was sent leaves, and in what order. */
@ExtendWith(Baseline.class)
class SendingTest {

    private static TcpServer serve(Handler<String> handler) throws IOException {
        return TcpServer.listen(0, Codec.lines(), handler);
    }

    @Nested
    class WhenBytesLeave {

        @Test
        void whatIsSentBeforeALongWaitReachesThePeerDuringIt() throws Exception {
            var heard = new Signal();
            try (var server = serve(client -> {
                        client.send("now");
                        heard.await();
                        client.send("later");
                    });
                    var peer = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("now");
                heard.give();
                assertThat(peer.rest()).containsExactly("later");
            }
        }

        @Test
        void whatIsSentBeforeALongWaitLeavesPromptlyAgainAndAgain() throws Exception {
            int rounds = 200;
            var next = new ArrayList<Signal>();
            for (int i = 0; i < rounds; i++) {
                next.add(new Signal());
            }
            try (var server = serve(client -> {
                        for (var signal : next) {
                            client.send("x");
                            signal.await();
                        }
                    });
                    var peer = Peer.of(server)) {
                long start = System.nanoTime();
                for (var signal : next) {
                    assertThat(peer.line()).isEqualTo("x");
                    signal.give();
                }
                // 1 ms each is promised; the rest is for a machine that does other things too.
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            }
        }

        @Test
        void theFirstAnswerIsThereBeforeASecondRequestThatWaits() throws Exception {
            var heard = new Signal();
            try (var server = serve(client -> client.forEach(line -> {
                        if (line.equals("slow")) {
                            heard.await();
                        }
                        client.send("did " + line);
                    }));
                    var peer = Peer.of(server).send("quick", "slow")) {
                assertThat(peer.line()).isEqualTo("did quick");
                heard.give();
                assertThat(peer.line()).isEqualTo("did slow");
            }
        }

        @Test
        void theFirstAnswerIsThereBeforeASecondRequestThatComputesForEver() throws Exception {
            var heard = new AtomicBoolean();
            try (var server = serve(client -> client.forEach(line -> {
                        while (line.equals("compute") && !heard.get()) {
                            Thread.onSpinWait();
                        }
                        client.send("did " + line);
                    }));
                    var peer = Peer.of(server).send("quick", "compute")) {
                try {
                    assertThat(peer.line()).isEqualTo("did quick");
                } finally {
                    heard.set(true);
                }
                assertThat(peer.line()).isEqualTo("did compute");
            }
        }

        @Test
        void anAnswerLeavesBeforeTheOwnerWaitsForTheNextRequest() throws Exception {
            try (var server = serve(client -> client.forEach(client::send));
                    var peer = Peer.of(server)) {
                for (int i = 0; i < 1_000; i++) {
                    assertThat(peer.send("n" + i).line()).isEqualTo("n" + i);
                }
            }
        }

        @Test
        void whatAnotherThreadSendsLeavesWhileTheOwnerWaitsInReceive() throws Exception {
            var client = new AtomicReference<@Nullable Connection<String>>();
            var known = new Signal();
            try (var server = serve(served -> {
                        client.set(served);
                        served.send("owner's own, not flushed");
                        known.give();
                        served.receive();
                    });
                    var peer = Peer.of(server)) {
                known.await();
                var connection = Objects.requireNonNull(client.get());
                connection.send("from elsewhere");

                assertThat(peer.line()).isEqualTo("owner's own, not flushed");
                assertThat(peer.line()).isEqualTo("from elsewhere");
                connection.send("and again");
                assertThat(peer.line()).isEqualTo("and again");
            }
        }

        @Test
        void pipelinedRequestsAreAnsweredInOrderHoweverTheyAreBatched() throws Exception {
            int requests = 20_000;
            var expected = new ArrayList<String>();
            for (int i = 0; i < requests; i++) {
                expected.add("request " + i);
            }
            try (var server = serve(client -> client.forEach(client::send));
                    var peer = Peer.of(server)) {
                var sender = Thread.ofVirtual().start(() -> sendAll(peer, expected));

                for (var line : expected) {
                    assertThat(peer.line()).isEqualTo(line);
                }
                assertThat(sender.join(Duration.ofSeconds(20))).isTrue();
            }
        }

        private static void sendAll(Peer peer, List<String> lines) {
            try {
                peer.send(lines.toArray(String[]::new));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class SeveralSenders {
        private static final int SENDERS = 8;
        private static final int EACH = 2_000;

        @Test
        void neverInterleaveTheirFramesAndKeepEachSendersOrder() throws Exception {
            var padding = "x".repeat(300);
            try (var server = serve(client -> {
                        var ready = new CountDownLatch(1);
                        var threads = new ArrayList<Thread>();
                        for (int sender = 0; sender < SENDERS; sender++) {
                            int number = sender;
                            threads.add(Thread.ofVirtual().start(() -> sendAll(client, number, padding, ready)));
                        }
                        ready.countDown();
                        for (int i = 0; i < EACH; i++) {
                            client.send(SENDERS + " " + i + " " + padding);
                        }
                        for (var thread : threads) {
                            thread.join();
                        }
                    });
                    var peer = Peer.of(server)) {
                var next = new int[SENDERS + 1];
                for (var line : peer.rest()) {
                    var parts = line.split(" ", 3);
                    int sender = Integer.parseInt(parts[0]);
                    assertThat(parts[2]).isEqualTo(padding);
                    assertThat(Integer.parseInt(parts[1])).isEqualTo(next[sender]++);
                }
                assertThat(next).containsOnly(EACH);
            }
        }

        private static void sendAll(Connection<String> client, int sender, String padding, CountDownLatch ready) {
            try {
                ready.await();
                for (int i = 0; i < EACH; i++) {
                    client.send(sender + " " + i + " " + padding);
                    if (i % 64 == 0) {
                        client.flush();
                    }
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class WhatCannotBeSent {

        @Test
        void aMessageThatCannotBeFramedIsRefusedAndNothingOfItSent() throws Exception {
            try (var server = serve(client -> {
                        assertThatThrownBy(() -> client.send("two\nlines")).isInstanceOf(IllegalArgumentException.class);
                        assertThatThrownBy(() -> client.send("x".repeat(70_000)))
                                .isInstanceOf(IllegalArgumentException.class);
                        client.send("one line");
                    });
                    var peer = Peer.of(server)) {
                assertThat(peer.rest()).containsExactly("one line");
            }
        }
    }
}

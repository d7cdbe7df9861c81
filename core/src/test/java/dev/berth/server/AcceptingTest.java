package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.transport.CloseReason;

/** What the acceptor survives. */
@ExtendWith(Baseline.class)
class AcceptingTest {
    private final RecordingEvents events = new RecordingEvents();
    private final StagedTransport transport = new StagedTransport();

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines())
                .port(0)
                .events(events)
                .transport(transport)
                .handler(client -> client.forEach(client::send));
    }

    @Nested
    class AFailedAccept {

        @Test
        void isRetriedWithGrowingPausesAndToldOnce() throws Exception {
            int failures = 6;
            transport.failAccepts(failures);
            long start = System.nanoTime();
            try (var server = server().start();
                    var peer = Peer.of(server)) {
                assertThat(peer.send("a").line()).isEqualTo("a");

                // 10 + 20 + 40 + 80 + 160 + 320 ms
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(630));
                assertThat(transport.acceptsToFail()).isZero();
                assertThat(server.snapshot().acceptErrors()).isEqualTo(failures);
                assertThat(events.nextAcceptFailure()).satisfies(told -> {
                    assertThat(told.error()).hasMessage("Too many open files");
                    assertThat(told.failures()).isEqualTo(1);
                    assertThat(told.pause()).isEqualTo(Duration.ofMillis(10));
                });
                assertThat(events.seen("acceptFailed")).hasSize(1);
            }
        }

        @Test
        void leavesTheServedClientsAlone() throws Exception {
            try (var server = server().start();
                    var here = Peer.of(server)) {
                assertThat(here.send("a").line()).isEqualTo("a");
                transport.failAccepts(Integer.MAX_VALUE);
                try (var newcomer = Peer.of(server).send("b")) {
                    // The acceptor was inside an accept, which takes one more client, at most.
                    try (var another = Peer.of(server).send("c")) {
                        events.nextAcceptFailure();
                        assertThat(here.send("d").line()).isEqualTo("d");
                        transport.failAccepts(0);
                        assertThat(another.line()).isEqualTo("c");
                    }
                    assertThat(newcomer.line()).isEqualTo("b");
                }
            }
        }

        @Test
        @SuppressWarnings("try")
        void doesNotHoldUpAClose() throws Exception {
            transport.failAccepts(Integer.MAX_VALUE);
            try (var server = server().start()) {
                await().atMost(Duration.ofSeconds(20)).until(() -> server.snapshot().acceptErrors() >= 7);
                long start = System.nanoTime();
                server.close();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
            }
        }
    }

    /** FAULTS E4: whatever is thrown inside of it, whatever else happens on its thread. */
    @Nested
    class TheAcceptorsThread {

        @ParameterizedTest
        @EnumSource
        void outlivesWhatAnAcceptThrows(Thrown thrown) throws Exception {
            transport.failAccepts(3, thrown::now);
            try (var server = server().start();
                    var peer = Peer.of(server)) {
                assertThat(peer.send("a").line()).isEqualTo("a");
                assertThat(server.snapshot().acceptErrors()).isEqualTo(3);
                assertThat(events.nextAcceptFailure().failures()).isEqualTo(1);
            }
        }

        @ParameterizedTest
        @EnumSource
        void outlivesWhatTheStartOfAClientsThreadThrows(Thrown thrown) throws Exception {
            var failures = new AtomicInteger(3);
            transport.starting(thread -> {
                if (failures.getAndDecrement() > 0) {
                    thrown.now();
                }
                thread.start();
            });
            try (var server = server().maxConnections(1).start()) {
                for (int i = 0; i < 3; i++) {
                    try (var lost = Peer.of(server)) {
                        lost.awaitEnd();
                    }
                }
                try (var next = Peer.of(server)) {
                    assertThat(next.send("a").line()).isEqualTo("a");
                }
                assertThat(server.snapshot().acceptErrors()).isEqualTo(3);
            }
        }

        /** E16: with an interrupt left on it, no wait would wait. */
        @Test
        void doesNotSpinWhenAnObserverHasInterruptedIt() throws Exception {
            var acceptor = new AtomicReference<Thread>();
            var observer = new ServerEvents() {
                @Override
                public void refused(long id, InetSocketAddress peer, RefuseReason reason) {
                    acceptor.set(Thread.currentThread());
                    Thread.currentThread().interrupt();
                }
            };
            try (var server = server().maxConnections(1).whenFull(WhenFull.REFUSE).events(observer).start();
                    var here = Peer.of(server)) {
                assertThat(here.send("a").line()).isEqualTo("a");
                try (var refused = Peer.of(server)) {
                    refused.awaitEnd();
                }

                await().atMost(Duration.ofSeconds(20)).until(() -> acceptor.get().getState() == Thread.State.RUNNABLE
                        && !acceptor.get().isInterrupted());
                here.leave();
                await().atMost(Duration.ofSeconds(20)).until(() -> server.snapshot().live() == 0);
                try (var next = Peer.of(server)) {
                    assertThat(next.send("b").line()).isEqualTo("b");
                }
            }
        }
    }

    @Nested
    class APeerGoneBeforeItWasAccepted {

        @Test
        void isAccountedForAndTheNextOneServed() throws Exception {
            try (var server = server().start()) {
                server.suspend();
                for (int i = 0; i < 10; i++) {
                    Peer.of(server).reset();
                }
                try (var next = Peer.of(server)) {
                    server.resume();
                    assertThat(next.send("a").line()).isEqualTo("a");
                    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(server.snapshot()).satisfies(
                            now -> {
                                assertThat(now.live()).isEqualTo(1);
                                assertThat(now.accepted()).isEqualTo(now.closed() + 1);
                            }));
                    assertThat(server.snapshot().closedBy().keySet()).isSubsetOf(CloseReason.PEER_RESET);
                }
            }
        }
    }

    @Nested
    class AThreadThatCannotBeStarted {

        private void failOnce() {
            var failures = new AtomicInteger(1);
            transport.starting(thread -> {
                if (failures.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("on purpose");
                }
                thread.start();
            });
        }

        @Test
        void losesThatClientOnly() throws Exception {
            failOnce();
            try (var server = server().maxConnections(1).start();
                    var lost = Peer.of(server)) {
                lost.awaitEnd();
                assertThat(events.nextAcceptFailure().error()).hasRootCauseMessage("on purpose");
                try (var next = Peer.of(server)) {
                    assertThat(next.send("a").line()).isEqualTo("a");
                }
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(server.snapshot()).satisfies(
                        now -> {
                            assertThat(now.accepted()).isEqualTo(2);
                            assertThat(now.closed()).isEqualTo(2);
                            assertThat(now.live()).isZero();
                            assertThat(now.clients()).isEmpty();
                        }));
            }
        }

        @Test
        void losesAWaitingClientOnly() throws Exception {
            try (var server = server().maxConnections(1).start();
                    var first = Peer.of(server)) {
                events.nextOpened();
                failOnce();
                try (var lost = Peer.of(server)) {
                    lost.awaitEnd();
                }
                assertThat(server.snapshot()).satisfies(now -> {
                    assertThat(now.waiting()).isZero();
                    assertThat(now.refusedBy()).containsOnlyKeys(RefuseReason.FAILED);
                });
                try (var next = Peer.of(server).send("b")) {
                    first.leave();
                    assertThat(next.line()).isEqualTo("b");
                }
            }
        }

        @Test
        void cannotTellARefusedClientWhyButStillEndsIt() throws Exception {
            try (var server = server().maxConnections(1).whenFull(WhenFull.REFUSE).busyNotice("BUSY").start();
                    var first = Peer.of(server)) {
                events.nextOpened();
                failOnce();
                try (var refused = Peer.of(server)) {
                    assertThat(refused.rest()).isEmpty();
                }
                try (var heard = Peer.of(server)) {
                    assertThat(heard.rest()).containsExactly("BUSY");
                }
                assertThat(first.send("a").line()).isEqualTo("a");
            }
        }
    }

    @Nested
    class AClientClosedWhileItsThreadStarts {

        @Test
        void isInterruptedThoughTheAcceptorDoesNotKnowItsThreadYet() throws Exception {
            var inHandler = new Signal();
            var mayReturn = new Signal();
            transport.starting(thread -> {
                thread.start();
                mayReturn.awaitStubbornly();
            });
            try (var server = server().handler(client -> {
                        inHandler.give();
                        new LinkedBlockingQueue<String>().take();
                    }).start();
                    var peer = Peer.of(server)) {
                try {
                    inHandler.await();
                    assertThat(server.close(1)).isTrue();

                    assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.CLOSED_BY_ADMIN);
                    peer.awaitEnd();
                } finally {
                    mayReturn.give();
                }
            }
        }

        @Test
        void beforeItsHandlerBeganIsOpenedAndClosedWithoutIt() throws Exception {
            var mayStart = new Signal();
            transport.beforeTask(mayStart::awaitStubbornly);
            try (var server = server().handler(client -> client.send("handled")).start();
                    var peer = Peer.of(server)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> server.close(1));
                mayStart.give();

                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.CLOSED_BY_ADMIN);
                assertThat(events.nextOpened().id()).isEqualTo(1);
                assertThat(peer.rest()).isEmpty();
            }
        }
    }

    /** FAULTS E4: an error between accepting a client and drawing its ticket. */
    @Test
    void anErrorBeforeItsTicketEndsTheClientAndLeavesNoSocket() throws Exception {
        transport.askingForPeers(() -> {
            throw new OutOfMemoryError("on purpose");
        });
        try (var server = server().start();
                var lost = Peer.of(server)) {
            lost.awaitEnd();
            assertThat(events.nextAcceptFailure().error()).hasRootCauseMessage("on purpose");
            transport.askingForPeers(() -> {});
            try (var next = Peer.of(server)) {
                assertThat(next.send("a").line()).isEqualTo("a");
            }
        }
    }
}

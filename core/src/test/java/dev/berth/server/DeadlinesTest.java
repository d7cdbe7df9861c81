package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.connection.Connection;
import dev.berth.connection.Deadlines;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.ThreadDump;
import dev.berth.transport.CloseReason;

/** Each phase of a client has a deadline of its own, which runs only while the server waits for it (FAULTS A3, A4, B3, E13, P9). */
@ExtendWith(Baseline.class)
class DeadlinesTest {
    private static final Duration LIMIT = Duration.ofMillis(400);
    /** A deadline is kept within a second. */
    private static final Duration OVERSHOOT = Duration.ofSeconds(1);

    private final RecordingEvents events = new RecordingEvents();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private ServerBuilder<String> server(Handler<String> handler) {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(handler);
    }

    private static void receiveAll(Connection<String> client) throws Exception {
        client.forEach(line -> client.send("got " + line));
    }

    @AfterEach
    void stopTheClock() {
        clock.shutdownNow();
    }

    private void assertCut(CloseReason reason) throws InterruptedException {
        assertThat(events.nextClosed()).satisfies(end -> {
            assertThat(end.reason()).isEqualTo(reason);
            assertThat(end.lasted()).isBetween(LIMIT, LIMIT.plus(OVERSHOOT));
        });
    }

    @Test
    void whoConnectsAndSaysNothingIsCutAfterTheFirstByteTimeout() throws Exception {
        try (var server = server(DeadlinesTest::receiveAll).firstByteTimeout(LIMIT).start();
                var silent = Peer.of(server)) {
            silent.awaitEnd();

            assertCut(CloseReason.FIRST_BYTE_TIMEOUT);
        }
    }

    @Test
    void manySilentClientsAreAllCutAtTheirTimeAndTheirPlacesAreFree() throws Exception {
        int many = 300;
        var peers = new Peer[many];
        try (var server = server(DeadlinesTest::receiveAll).maxConnections(many).firstByteTimeout(LIMIT).start()) {
            for (int i = 0; i < many; i++) {
                peers[i] = Peer.of(server);
            }
            for (int i = 0; i < many; i++) {
                assertCut(CloseReason.FIRST_BYTE_TIMEOUT);
                peers[i].close();
            }
            assertThat(server.snapshot().live()).isZero();
        }
    }

    @Test
    void whoDribblesAFrameIsCutAlthoughNeverIdle() throws Exception {
        try (var server = server(DeadlinesTest::receiveAll).frameTimeout(LIMIT).idleTimeout(Duration.ofSeconds(20)).start();
                var slow = Peer.of(server)) {
            var _ = clock.scheduleAtFixedRate(() -> dribble(slow), 0, 20, TimeUnit.MILLISECONDS);
            slow.awaitEnd();

            assertCut(CloseReason.FRAME_TIMEOUT);
        }
    }

    @Test
    void whoseFramesComeInPiecesButInTimeStays() throws Exception {
        try (var server = server(DeadlinesTest::receiveAll).frameTimeout(Duration.ofSeconds(5)).start();
                var peer = Peer.of(server)) {
            var pieces = clock.scheduleAtFixedRate(() -> dribble(peer), 0, 20, TimeUnit.MILLISECONDS);
            events.nextOpened();
            assertThat(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)).isFalse();
            pieces.cancel(false);
            peer.raw("\n");

            assertThat(peer.line()).startsWith("got x");
        }
    }

    private static void dribble(Peer peer) {
        try {
            peer.raw("x");
        } catch (IOException cut) {
            // That is what is waited for.
        }
    }

    @Test
    void whoSendsNothingBetweenTwoFramesIsCutAfterTheIdleTimeout() throws Exception {
        try (var server = server(DeadlinesTest::receiveAll).idleTimeout(LIMIT).start();
                var idle = Peer.of(server).send("hello")) {
            assertThat(idle.line()).isEqualTo("got hello");
            idle.awaitEnd();

            assertCut(CloseReason.IDLE_TIMEOUT);
        }
    }

    @Test
    void everyFrameGivesTheNextOneAllItsTime() throws Exception {
        try (var server = server(DeadlinesTest::receiveAll).idleTimeout(Duration.ofSeconds(1)).start();
                var peer = Peer.of(server)) {
            var _ = clock.scheduleAtFixedRate(() -> say(peer), 0, 200, TimeUnit.MILLISECONDS);
            for (int i = 0; i < 15; i++) {
                assertThat(peer.line()).isEqualTo("got hello");
            }
            assertThat(server.snapshot().live()).isEqualTo(1);
        }
    }

    private static void say(Peer peer) {
        try {
            peer.send("hello");
        } catch (IOException gone) {
            // The test is over.
        }
    }

    @Test
    void whatAHandlerDoesItselfDoesNotCount() throws Exception {
        try (var server = server(client -> {
                    client.expect();
                    // A back-end of the handler's own that takes longer than any peer may.
                    assertThat(new CountDownLatch(1).await(4 * LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
                    client.send("done");
                    client.receive();
                }).frameTimeout(LIMIT).idleTimeout(LIMIT).firstByteTimeout(LIMIT).start();
                var peer = Peer.of(server).send("question").raw("half of the ne")) {
            assertThat(peer.line()).isEqualTo("done");
            peer.awaitEnd();

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.FRAME_TIMEOUT);
        }
    }

    @Test
    void receivingALittleAtATimeSparesNobody() throws Exception {
        try (var server = server(client -> {
                    while (true) {
                        try {
                            client.receive(Duration.ofMillis(50));
                        } catch (SocketTimeoutException nothingYet) {
                            // Again.
                        }
                    }
                }).firstByteTimeout(LIMIT).start();
                var silent = Peer.of(server)) {
            silent.awaitEnd();

            assertCut(CloseReason.FIRST_BYTE_TIMEOUT);
        }
    }

    @Test
    void inALanWhoOnlyListensMayStay() throws Exception {
        try (var server = server(DeadlinesTest::receiveAll).idleTimeout(LIMIT).start();
                var listener = Peer.of(server).send("I listen")) {
            @SuppressWarnings("unchecked")
            var client = (Connection<String>) events.nextOpened();
            var _ = clock.scheduleAtFixedRate(() -> tell(client), 0, 100, TimeUnit.MILLISECONDS);
            for (int i = 0; i < 25; i++) {
                assertThat(listener.line()).isNotNull();
            }
            assertThat(server.snapshot().live()).isEqualTo(1);
        }
    }

    @Test
    void inALanWhoOnlyListensMayStayAlsoWhereItIsToldBetweenTwoReceives() throws Exception {
        try (var server = server(client -> {
                    client.receive();
                    while (true) {
                        client.send("news");
                        try {
                            client.receive(Duration.ofMillis(50));
                        } catch (SocketTimeoutException nothingYet) {
                            // Again.
                        }
                    }
                }).idleTimeout(LIMIT).start();
                var listener = Peer.of(server).send("I listen")) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < LIMIT.multipliedBy(5).toNanos()) {
                assertThat(listener.line()).isEqualTo("news");
            }
            assertThat(server.snapshot().live()).isEqualTo(1);
        }
    }

    @Test
    void inPublicWhoOnlyListensIsIdle() throws Exception {
        try (var server = server(DeadlinesTest::receiveAll).profile(Profile.PUBLIC).idleTimeout(LIMIT).start();
                var listener = Peer.of(server).send("I listen")) {
            @SuppressWarnings("unchecked")
            var client = (Connection<String>) events.nextOpened();
            var _ = clock.scheduleAtFixedRate(() -> tell(client), 0, 100, TimeUnit.MILLISECONDS);
            listener.awaitEnd();

            assertCut(CloseReason.IDLE_TIMEOUT);
        }
    }

    private static void tell(Connection<String> client) {
        try {
            client.send("news");
        } catch (IOException cut) {
            // That is what is waited for.
        }
    }

    @Test
    void offMeansOff() throws Exception {
        try (var server = server(DeadlinesTest::receiveAll)
                        .profile(Profile.PUBLIC)
                        .firstByteTimeout(Deadlines.OFF).frameTimeout(Deadlines.OFF).idleTimeout(Deadlines.OFF)
                        .writeTimeout(Deadlines.OFF).deadAfter(Deadlines.OFF)
                        .start();
                var peer = Peer.of(server).raw("hel")) {
            events.nextOpened();
            peer.raw("lo\n");

            assertThat(peer.line()).isEqualTo("got hello");
            // Who has a limit has a thread that judges by it.
            assertThat(ThreadDump.berthThreads()).noneMatch(name -> name.endsWith("-timer"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachIsWhatWasSaidAndElseTheProfiles(Profile profile) {
        var usual = profile.deadlines();
        var timeouts = Timeouts.DEFAULT.profile(profile);

        assertThat(timeouts.deadlines()).isEqualTo(usual);
        assertThat(timeouts.writeTimeout()).isEqualTo(profile.writeTimeout());
        for (var said : List.of(Deadlines.OFF, LIMIT)) {
            assertThat(timeouts.firstByte(said).deadlines())
                    .isEqualTo(new Deadlines(said, usual.frame(), usual.idle(), usual.listenersStay()));
            assertThat(timeouts.frame(said).deadlines())
                    .isEqualTo(new Deadlines(usual.firstByte(), said, usual.idle(), usual.listenersStay()));
            assertThat(timeouts.idle(said).deadlines())
                    .isEqualTo(new Deadlines(usual.firstByte(), usual.frame(), said, usual.listenersStay()));
            assertThat(timeouts.write(said).writeTimeout()).isEqualTo(said);
        }
    }

    @Test
    void anEndedPeerIsNoIdleOne() throws Exception {
        try (var server = server(DeadlinesTest::receiveAll).idleTimeout(LIMIT).start();
                var peer = Peer.of(server).send("hello")) {
            peer.line();
            peer.leave();

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.PEER_CLOSED);
        }
    }

    @Test
    void theClientThatIsCutHearsAnEndAndNoReset() throws IOException {
        try (var server = server(DeadlinesTest::receiveAll).firstByteTimeout(LIMIT).start();
                var silent = Peer.of(server)) {
            assertThat(silent.line()).isNull();
        } catch (SocketException reset) {
            throw new AssertionError("a reset", reset);
        }
    }
}

package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** A login has one deadline for all of it, its end included. FAULTS P9. */
@ExtendWith(Baseline.class)
class LoginDeadlineTest {
    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final Duration OVERSHOOT = Duration.ofSeconds(1);

    private final RecordingEvents events = new RecordingEvents();
    private final AtomicInteger served = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private ServerBuilder<String> server(Authenticator<String> authenticator) {
        return TcpServer.builder(Codec.lines()).port(0).events(events).authenticate(authenticator).authTimeout(LIMIT).handler(client -> {
            served.incrementAndGet();
            client.forEach(client::send);
        });
    }

    @AfterEach
    void stopTheClock() {
        clock.shutdownNow();
    }

    private void assertCut(Duration limit) throws InterruptedException {
        assertThat(events.nextClosed()).satisfies(end -> {
            assertThat(end.reason()).isEqualTo(CloseReason.AUTH_TIMEOUT);
            assertThat(end.lasted()).isBetween(limit, limit.plus(OVERSHOOT));
        });
        assertThat(served).hasValue(0);
    }

    @Test
    void isFiveSecondsWhereNobodySaysOtherwise() throws Exception {
        try (var server = TcpServer.builder(Codec.lines()).port(0).events(events)
                        .authenticate(client -> client.expect().isEmpty()).handler(_ -> served.incrementAndGet()).start();
                var silent = Peer.of(server)) {
            silent.awaitEnd();

            assertCut(Duration.ofSeconds(5));
        }
    }

    @Test
    void isNotPutOffByFramesNorByBytes() throws Exception {
        try (var server = server(client -> {
                    for (int i = 0; i < 8; i++) {
                        client.expect();
                    }
                    return false;
                }).start();
                var slow = Peer.of(server)) {
            var _ = clock.scheduleAtFixedRate(() -> say(slow, "x"), 0, 20, TimeUnit.MILLISECONDS);
            var _ = clock.scheduleAtFixedRate(() -> say(slow, "\n"), 150, 150, TimeUnit.MILLISECONDS);
            slow.awaitEnd();

            assertCut(LIMIT);
        }
    }

    private static void say(Peer peer, String text) {
        try {
            peer.raw(text);
        } catch (IOException cut) {
            // That is what is waited for.
        }
    }

    @Test
    void endsAnAuthenticatorThatWaitsForSomethingElse() throws Exception {
        try (var server = server(_ -> {
                    new CountDownLatch(1).await();
                    return true;
                }).start();
                var peer = Peer.of(server).send("hello")) {
            peer.awaitEnd();

            assertCut(LIMIT);
        }
    }

    @Test
    void letsNobodyInWhoIsLate() throws Exception {
        try (var server = server(_ -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException late) {
                        // An authenticator that takes it lightly.
                    }
                    return true;
                }).start();
                var peer = Peer.of(server).send("hello", "open")) {
            peer.awaitEnd();

            assertCut(LIMIT);
        }
    }

    @Test
    void holdsForTheEndOfWhoDoesNotReadWhy() throws Exception {
        // Time to fill what the kernel takes; where a loaded machine needs longer, this is about the login, not its end.
        Duration limit = Duration.ofSeconds(5);
        try (var server = server(client -> {
                    Thread.ofPlatform().start(() -> fill(client)).join();
                    return false;
                }).authTimeout(limit).start();
                var deaf = Peer.to(server.address(), 4_096)) {
            events.nextOpened();
            long since = System.nanoTime();
            assertThat(events.nextClosed().reason()).isIn(CloseReason.AUTH_FAILED, CloseReason.AUTH_TIMEOUT);
            // Flushing alone may take 10 s where nothing else ends it.
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(limit.multipliedBy(2));
            assertThat(served).hasValue(0);
            assertThat(deaf.socket().isConnected()).isTrue();
        }
    }

    /** Sends until the kernel takes no more, and the output holds half of what it may. */
    private static void fill(Connection<String> client) {
        try {
            for (int turns = 0; turns < 50; turns++) {
                while (unsentBytes(client) < 32_768) {
                    client.send("x".repeat(16_383));
                    turns = 0;
                }
                assertThat(new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS)).isFalse();
            }
        } catch (IOException | InterruptedException late) {
            // Cut before the kernel was full.
        }
    }

    private static long unsentBytes(Connection<String> client) {
        var now = client.snapshot();
        return now.framesOut() * 16_384 - now.bytesOut();
    }

    @Test
    void isOverForWhoWasLetInInTime() throws Exception {
        try (var server = server(client -> client.expect().equals("hello")).start();
                var peer = Peer.of(server).send("hello", "one")) {
            assertThat(peer.line()).isEqualTo("one");
            assertThat(new CountDownLatch(1).await(LIMIT.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)).isFalse();
            peer.send("two");
            assertThat(peer.line()).isEqualTo("two");
        }
    }
}

package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.connection.Deadlines;
import dev.berth.connection.FrameTap;
import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.transport.CloseReason;

/** What a client's time brings: signs of life, and an end when it is old enough. */
@ExtendWith(Baseline.class)
class LifetimeTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Lifetime.Settings AN_HOUR = new Lifetime.Settings(Duration.ofHours(1), null);

    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server(Handler<String> handler) {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(handler);
    }

    private static void echo(Connection<String> client) throws Exception {
        client.forEach(client::send);
    }

    @Test
    void aQuietClientHearsHeartbeats() throws Exception {
        try (var server = server(LifetimeTest::echo).heartbeat(SHORT, "PING").start();
                var peer = Peer.of(server)) {
            assertThat(peer.line()).isEqualTo("PING");
            peer.send("PONG");
            assertThat(peer.line()).isEqualTo("PONG");
            assertThat(peer.line()).isEqualTo("PING");
        }
    }

    @Test
    void heartbeatsDoNotSpareAPeerItsIdleTimeout() throws Exception {
        try (var server = server(LifetimeTest::echo).profile(Profile.PUBLIC).heartbeat(SHORT, "PING").idleTimeout(Duration.ofSeconds(1)).start();
                var peer = Peer.of(server).send("hello")) {
            assertThat(peer.rest()).startsWith("hello", "PING");

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
        }
    }

    @Test
    void afterASwitchOfCodecNoHeartbeatOfTheOldOneComes() throws Exception {
        try (var server = server(client -> {
                    client.expect();
                    var binary = client.switchTo(Codec.bytes("len1"));
                    binary.receive();
                }).heartbeat(Duration.ofMillis(100), "PING").idleTimeout(Duration.ofSeconds(1)).start();
                var peer = Peer.of(server).send("login")) {
            assertThat(peer.rest()).isEmpty();
        }
    }

    @Test
    void anOldClientIsAskedToEndAndHearsAGoodbye() throws Exception {
        Handler<String> polite = new Handler<>() {
            @Override
            public void handle(Connection<String> client) throws Exception {
                echo(client);
                client.send("served you well");
            }

            @Override
            public void onDrain(Connection<String> client) throws Exception {
                client.send("BYE");
            }
        };
        try (var server = server(polite).maxAge(SHORT).start();
                var peer = Peer.of(server).send("hello")) {
            assertThat(peer.rest()).containsExactly("hello", "BYE", "served you well");

            assertThat(events.nextClosed()).satisfies(end -> {
                assertThat(end.reason()).isEqualTo(CloseReason.MAX_AGE);
                assertThat(end.lasted()).isBetween(SHORT.multipliedBy(9).dividedBy(10), SHORT.plusSeconds(2));
            });
        }
    }

    @Test
    void agesDifferByATenthEitherWay() {
        long minute = Duration.ofMinutes(1).toNanos();
        long born = System.nanoTime();

        assertThat(new Lifetime(AN_HOUR, 0).isOver(born + 53 * minute)).isFalse();
        assertThat(new Lifetime(AN_HOUR, 0).isOver(born + 55 * minute)).isTrue();
        assertThat(new Lifetime(AN_HOUR, 1).isOver(born + 65 * minute)).isFalse();
        assertThat(new Lifetime(AN_HOUR, 1).isOver(born + 67 * minute)).isTrue();
    }

    @Test
    void whoDoesNotEndWhenItIsAskedToIsCutLater() {
        var old = new Lifetime(AN_HOUR, 0.5);
        long due = System.nanoTime() + Duration.ofHours(2).toNanos();

        assertThat(old.isOverdue(due)).isFalse();
        assertThat(old.isOver(due)).isTrue();
        assertThat(old.isOver(due)).isFalse();
        assertThat(old.isOverdue(due + Duration.ofSeconds(24).toNanos())).isFalse();
        assertThat(old.isOverdue(due + Duration.ofSeconds(26).toNanos())).isTrue();
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> server(LifetimeTest::echo).maxAge(Duration.ZERO).start())
                .hasMessage("maxAge is 0s, allowed are 1ms to 365 days, and off");
        assertThatThrownBy(() -> server(LifetimeTest::echo).idleTimeout(Duration.ofDays(366)).start())
                .hasMessageStartingWith("idleTimeout is 8784h, allowed are 1ms to 365 days, and off");
        assertThatThrownBy(() -> server(LifetimeTest::echo).deadAfter(Duration.ofSeconds(7)).start())
                .hasMessage("deadAfter is 7s, allowed are 8s to 24h");
        assertThat(Deadlines.OFF).isGreaterThan(Duration.ofDays(36_500));
    }

    @Test
    void theTimeInTheQueueIsNoAge() throws Exception {
        var age = Duration.ofSeconds(1);
        try (var server = server(LifetimeTest::echo).maxConnections(1).maxAge(age).start();
                var first = Peer.of(server).send("hello")) {
            assertThat(first.line()).isEqualTo("hello");
            // It waits as long as the first one is served: as long as it may be served itself.
            try (var second = Peer.of(server).send("hello")) {
                first.awaitEnd();
                first.leave();
                second.awaitEnd();

                assertThat(events.nextClosed().id()).isEqualTo(1);
                assertThat(events.nextClosed().lasted()).isGreaterThanOrEqualTo(age.multipliedBy(9).dividedBy(10));
            }
        }
    }

    @Test
    void aTapThatBlocksInAHeartbeatHoldsUpNobodysDeadline() throws Exception {
        var inTap = new Signal();
        var goOn = new Signal();
        var tap = new FrameTap() {
            @Override
            public void sent(Connection<?> connection, FrameView frame) {
                inTap.give();
                goOn.awaitStubbornly();
            }
        };
        try (var server = server(LifetimeTest::echo).heartbeat(SHORT, "PING").tap(tap).firstByteTimeout(Duration.ofSeconds(1)).start();
                var talks = Peer.of(server).raw("x")) {
            inTap.await();
            try (var silent = Peer.of(server)) {
                silent.awaitEnd();
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.FIRST_BYTE_TIMEOUT);
            } finally {
                goOn.give();
            }
            assertThat(talks.line()).isEqualTo("PING");
        }
    }

    @Test
    void aHeartbeatCutsNobodyWhoTakesItsTimeToRead() throws Exception {
        int size = 1 << 20;
        // What the kernel does not take leaves no room for a heartbeat.
        try (var server = TcpServer.builder(Codec.text("len4be")).port(0).events(events).handler(client -> {
                    client.send("x".repeat(size));
                    client.flush();
                }).maxOutputBytes(size + 4).softOutputBytes(size + 4).sendBufferBytes(65_536)
                        .heartbeat(Duration.ofMillis(100), "x".repeat(size / 2)).writeTimeout(Duration.ofSeconds(2)).start();
                var peer = Peer.to(server.address(), 4_096)) {
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
            peer.awaitEnd();
        }
    }
}

package dev.berth.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.server.Handler;
import dev.berth.server.Profile;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;
import dev.berth.testkit.RecordingEvents;
import dev.berth.testkit.ScriptedPeer;
import dev.berth.transport.CloseReason;

/** How a server finds peers that the network has swallowed, or nearly. FAULTS A5, A10. */
@Timeout(60)
final class PeersBehindABadNetworkTest {
    private static final int SMALL_BUFFER = 2_048;
    private static final Duration IDLE = Duration.ofMillis(600);
    /** Otherwise it would be minutes. */
    private static final Duration FOUND = IDLE.plusSeconds(10);

    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server(Handler<String> handler) {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(handler);
    }

    private static void echo(Connection<String> client) throws Exception {
        client.forEach(client::send);
    }

    private static void sendForEver(Connection<String> client) throws IOException {
        while (true) {
            client.send("x".repeat(60_000));
        }
    }

    /** It has spoken before; then neither its bytes nor its end come through, and nothing says so. */
    private void vanishes(TcpServer server) throws Exception {
        try (var proxy = ChaosProxy.to(server.address()).start();
                var peer = ScriptedPeer.connect(proxy.address())) {
            peer.send("here\n");
            assertThat(peer.line()).isEqualTo("here");
            proxy.halfOpen();
            peer.reset();

            assertThat(events.nextClosed()).satisfies(end -> {
                assertThat(end.reason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
                assertThat(end.lasted()).isBetween(IDLE, FOUND);
            });
        }
    }

    @Test
    void whoVanishesIsFoundByItsSilence() throws Exception {
        try (var server = server(PeersBehindABadNetworkTest::echo).idleTimeout(IDLE).start()) {
            vanishes(server);
        }
    }

    @Test
    void heartbeatsThatNobodyAnswersDoNotHideIt() throws Exception {
        try (var server = server(PeersBehindABadNetworkTest::echo)
                .profile(Profile.PUBLIC)
                .heartbeat(Duration.ofMillis(200), "ping")
                .idleTimeout(IDLE)
                .start()) {
            vanishes(server);
        }
    }

    @Test
    void whoTakesTenBytesASecondIsCut() throws Exception {
        try (var server = server(PeersBehindABadNetworkTest::sendForEver).writeTimeout(Duration.ofSeconds(2)).start();
                var proxy = ChaosProxy.to(server.address()).toClient(new Toxic.Bandwidth(10)).start();
                var peer = ScriptedPeer.connect(proxy.address(), SMALL_BUFFER)) {
            assertThat(peer.receive(2)).isEqualTo(new byte[] {'x', 'x'});

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.WRITE_TIMEOUT);
        }
    }
}

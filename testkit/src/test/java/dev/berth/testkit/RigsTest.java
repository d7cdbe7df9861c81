package dev.berth.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.framing.Codec;
import dev.berth.server.RefuseReason;
import dev.berth.server.TcpServer;
import dev.berth.server.WhenFull;
import dev.berth.transport.CloseReason;

/** A scripted peer at a real server, which tells what it saw. */
@Timeout(60)
final class RigsTest {
    private final RecordingEvents events = new RecordingEvents();
    @SuppressWarnings("NullAway.Init")
    private TcpServer server;

    @BeforeEach
    void start() throws Exception {
        server = TcpServer.builder(Codec.lines())
                .port(0)
                .events(events)
                .maxConnections(1)
                .whenFull(WhenFull.REFUSE)
                .handler(client -> client.forEach(client::send))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatItSendsInPiecesIsOneLine() throws Exception {
        try (var peer = ScriptedPeer.connect(server.address())) {
            assertThat(peer.trickle("hello\r\n", Duration.ofMillis(1)).line()).isEqualTo("hello");
        }
    }

    @Test
    void itsResetIsSeenAsOne() throws Exception {
        ScriptedPeer.connect(server.address()).reset();

        assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.PEER_RESET);
    }

    @Test
    void itsHalfCloseLetsAnswersThrough() throws Exception {
        try (var peer = ScriptedPeer.connect(server.address())) {
            assertThat(peer.send("a\nb\n").halfClose().rest()).asString(UTF_8).isEqualTo("a\nb\n");
        }
        assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.PEER_CLOSED);
    }

    @Test
    void itsTinyReceiveBufferHoldsLittle() throws Exception {
        try (var peer = ScriptedPeer.connect(server.address(), 2_048)) {
            assertThat(peer.socket().getReceiveBufferSize()).isLessThan(16 << 10);
        }
    }

    @Test
    void eventsComeWithTheirThreads() throws Exception {
        try (var first = ScriptedPeer.connect(server.address())) {
            assertThat(events.nextOpened().remoteAddress().getPort()).isEqualTo(first.port());
            try (var second = ScriptedPeer.connect(server.address())) {
                assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.FULL);
                assertThat(second.awaitEnd()).isNotNull();
            }
        }

        assertThat(events.seen("refused")).singleElement()
                .satisfies(seen -> assertThat(seen.thread()).endsWith("-acceptor"));
    }
}

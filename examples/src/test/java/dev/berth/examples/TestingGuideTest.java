package dev.berth.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.client.TcpClient;
import dev.berth.connection.TruncatedException;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.TcpServer;
import dev.berth.testkit.TestConnection;
import dev.berth.testkit.chaos.ChaosProxy;
import dev.berth.testkit.chaos.Toxic;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** The listings of docs/guide/testing.md: compiled, run, and compared by {@link DocumentsTest}. */
@Timeout(60)
final class TestingGuideTest {

    @Test
    void aHandlersUnitTest() throws Exception {
        var device = TestConnection.of("HELLO 1", "BYE");
        new MeterHandler().handle(device);
        assertThat(device.sent()).containsExactly("OK 1", "BYE");
    }

    @Test
    void anotherCodec() throws Exception {
        var tracker = TestConnection.of(Codec.bytes("len1@2+2"), new byte[] {0x78, 0x78, 1, 5, 0x0D, 0x0A});
        assertThat(tracker.expect()).hasSize(6);
    }

    @Test
    void trouble() {
        var reset = TestConnection.open(Codec.lines()).peerSends("HELLO 1").peerResets();
        var cut = TestConnection.open(Codec.lines()).peerSendsBytes((byte) 'H', (byte) 'E').peerEnds();
        var silent = TestConnection.open(Codec.lines());

        assertThatThrownBy(() -> new MeterHandler().handle(reset)).isInstanceOf(ConnectionClosedException.class);
        assertThat(reset.closeReason()).contains(CloseReason.PEER_RESET);
        assertThatThrownBy(() -> new MeterHandler().handle(cut)).isInstanceOf(TruncatedException.class);
        assertThatThrownBy(() -> silent.receive(Duration.ofMillis(20))).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aConversation() throws Exception {
        var device = TestConnection.open(Codec.lines());
        var handler = Thread.ofVirtual().start(() -> {
            try {
                new MeterHandler().handle(device);
            } catch (Exception e) {
                device.abort();
            }
        });
        device.peerSends("HELLO 7");
        device.peerSends("BYE");
        handler.join();
        assertThat(device.sent()).containsExactly("OK 7", "BYE");
    }

    @Test
    void aBadNetwork() throws Exception {
        try (var server = TcpServer.listen(0, new MeterHandler())) {
            try (var proxy = ChaosProxy.to(server.address())
                            .seed(7)
                            .toServer(new Toxic.SplitEvery(1), new Toxic.Latency(Duration.ofMillis(5)))
                            .toClient(new Toxic.CutAfterFrames(2, Framing.line()))
                            .start();
                    var client = TcpClient.connect("127.0.0.1", proxy.port())) {
                assertThat(client.request("HELLO 1")).isEqualTo("OK 1");
                assertThat(client.request("HELLO 2")).isEqualTo("OK 2");
                assertThatThrownBy(() -> client.request("HELLO 3")).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void twoConnections() throws Exception {
        try (var pair = TestConnection.pair(Codec.lines())) {
            pair.client().send("HELLO 1");
            pair.client().send("BYE");
            new MeterHandler().handle(pair.server());
            assertThat(pair.client().receive()).isEqualTo("OK 1");
        }
    }
}

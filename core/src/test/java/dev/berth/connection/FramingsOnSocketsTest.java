package dev.berth.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.client.TcpClient;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.server.TcpServer;

/** Framings that need more of the connection than bytes in order: a clock, room, a successor. */
@ExtendWith(Baseline.class)
class FramingsOnSocketsTest {

    private static TcpServer echo(String framing) throws IOException {
        return TcpServer.listen(0, Codec.bytes(framing), client -> client.forEach(client::send));
    }

    private static Socket socket(TcpServer server) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Nested
    class Gap {
        @Test
        void deliversWhatCameWhenTheLineFallsSilent() throws Exception {
            try (var server = echo("gap:20ms");
                    var peer = socket(server)) {
                peer.getOutputStream().write("abc".getBytes(US_ASCII));
                assertThat(peer.getInputStream().readNBytes(3)).asString().isEqualTo("abc");

                peer.getOutputStream().write("de".getBytes(US_ASCII));
                assertThat(peer.getInputStream().readNBytes(2)).asString().isEqualTo("de");
            }
        }

        @Test
        void deliversTheLastFrameWhenTheStreamEnds() throws Exception {
            try (var server = echo("gap:10s");
                    var peer = socket(server)) {
                peer.getOutputStream().write("last".getBytes(US_ASCII));
                peer.shutdownOutput();

                assertThat(peer.getInputStream().readAllBytes()).asString().isEqualTo("last");
            }
        }

        @Test
        void isSeenByWhoReceivesForLessThanItEachTime() throws Exception {
            try (var server = TcpServer.builder(Codec.bytes("gap:300ms")).port(0).frameTimeout(Duration.ofSeconds(5)).handler(client -> {
                        while (true) {
                            try {
                                client.send(Objects.requireNonNull(client.receive(Duration.ofMillis(50))));
                            } catch (SocketTimeoutException nothingYet) {
                                // Again.
                            }
                        }
                    }).start();
                    var peer = socket(server)) {
                peer.getOutputStream().write("abc".getBytes(US_ASCII));

                assertThat(peer.getInputStream().readNBytes(3)).asString().isEqualTo("abc");
            }
        }

        @Test
        void aReceiveThatIsTooShortForTheSilenceTimesOutAndLosesNothing() throws Exception {
            var seen = new LinkedBlockingQueue<String>();
            try (var server = TcpServer.listen(0, Codec.bytes("gap:300ms"), client -> {
                        client.send("go".getBytes(US_ASCII));
                        assertThatThrownBy(() -> client.receive(Duration.ofMillis(50)))
                                .isInstanceOf(SocketTimeoutException.class);
                        seen.add(new String(client.expect(), US_ASCII));
                    });
                    var peer = socket(server)) {
                peer.getOutputStream().write("abc".getBytes(US_ASCII));

                assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("abc");
            }
        }
    }

    @Nested
    class Slip {
        @Test
        void anIdleLineOfEndsFillsNothingAndEndsCleanly() throws Exception {
            try (var server = echo("slip");
                    var peer = socket(server)) {
                var ends = new byte[200_000];
                java.util.Arrays.fill(ends, (byte) 0xC0);
                peer.getOutputStream().write(ends);
                peer.getOutputStream().write(hex("41 42 c0 c0"));
                peer.shutdownOutput();

                assertThat(peer.getInputStream().readAllBytes()).containsSequence(hex("41 42 c0"));
            }
        }
    }

    @Nested
    class SwitchingTo {
        /** Teltonika: the IMEI as len2be, then frames as len4be@4+4. */
        @Test
        void anotherCodecReadsWhatCameWithTheLogin() throws Exception {
            var seen = new LinkedBlockingQueue<String>();
            try (var server = TcpServer.listen(0, Codec.bytes("len2be"), device -> {
                        seen.add(new String(device.expect(), US_ASCII));
                        var data = device.switchTo(Codec.bytes("len4be@4+4"));
                        data.forEach(frame -> seen.add(HexFormat.of().formatHex(frame)));
                    });
                    var peer = socket(server)) {
                peer.getOutputStream().write(hex("0003 313233" + "00000000 00000002 0801 0000aabb"));

                assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("123");
                assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("000000000000000208010000aabb");
            }
        }

        @Test
        void sendsWithTheNewCodecAndLeavesTheOldConnectionUnusable() throws Exception {
            try (var server = echo("len1");
                    var lines = TcpClient.connect("127.0.0.1", server.port(), Codec.lines())) {
                var frames = lines.switchTo(Codec.bytes("len1"));

                assertThat(frames.request("abc".getBytes(US_ASCII))).asString().isEqualTo("abc");
                assertThatThrownBy(lines::receive).isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("use what switchTo returned");
                assertThatThrownBy(() -> lines.send("no")).isInstanceOf(IllegalStateException.class);
            }
        }
    }
}

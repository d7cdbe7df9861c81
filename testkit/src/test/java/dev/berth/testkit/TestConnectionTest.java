package dev.berth.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.connection.Connection;
import dev.berth.connection.TruncatedException;
import dev.berth.framing.Codec;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** A peer that a test scripts. */
@Timeout(60)
final class TestConnectionTest {
    private static final String LARGE = "x".repeat(60_000);

    @Nested
    final class AScript {

        @Test
        void isReceivedInOrderAndEndsCleanly() throws Exception {
            var device = TestConnection.of("HELLO 1", "BYE");

            device.forEach(line -> device.send("OK " + line));

            assertThat(device.sent()).containsExactly("OK HELLO 1", "OK BYE");
            assertThat(device.closeReason()).contains(CloseReason.PEER_CLOSED);
        }

        @Test
        void ofNothingEndsAtOnce() throws Exception {
            assertThat(TestConnection.of().receive()).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"line", "len2be", "len4le!", "crlf", "stxetx", "slip", "cobs", "varint", "raw", "gap:20ms"})
        void isReadBackInEveryFraming(String framing) throws Exception {
            var codec = Codec.text(framing);
            var device = TestConnection.open(codec);

            device.send("a\0b4");
            device.send("abc4");

            assertThat(device.sent()).containsExactly("a\0b4", "abc4");
            assertThat(device.sent()).as("looking changes nothing").containsExactly("a\0b4", "abc4");
        }

        @Test
        void maySayMoreThanTheNetworkHolds() throws Exception {
            var device = TestConnection.open(Codec.lines());
            for (int i = 0; i < 200; i++) {
                device.peerSends(LARGE);
            }
            device.peerResets();

            for (int i = 0; i < 200; i++) {
                assertThat(device.receive()).isEqualTo(LARGE);
            }
            assertThatThrownBy(device::receive).isInstanceOfSatisfying(
                    ConnectionClosedException.class,
                    e -> assertThat(e.reason()).isEqualTo(CloseReason.PEER_RESET));
        }

        @Test
        void canEndInsideAFrame() throws Exception {
            var device = TestConnection.open(Codec.lines())
                    .peerSends("whole")
                    .peerSendsBytes("hal".getBytes(UTF_8))
                    .peerEnds();

            assertThat(device.receive()).isEqualTo("whole");
            assertThatThrownBy(device::receive).isInstanceOf(TruncatedException.class);
        }

        @Test
        void cannotGoOnAfterTheEnd() {
            var device = TestConnection.of("BYE");

            assertThatThrownBy(() -> device.peerSends("one more"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the peer has ended already");
        }

        @Test
        void thatTalksToWhoHasClosedIsNotHeard() {
            var device = TestConnection.open(Codec.lines());
            device.close();

            device.peerSends("anyone?");

            assertThat(device.closeReason()).contains(CloseReason.COMPLETED);
        }
    }

    @Nested
    final class ASilentPeer {

        @Test
        void letsALimitedReceiveTimeOut() {
            var device = TestConnection.open(Codec.lines());

            assertThatThrownBy(() -> device.receive(Duration.ofMillis(20))).isInstanceOf(SocketTimeoutException.class);
            assertThat(device.isOpen()).isTrue();
        }

        @Test
        void isWaitedForUntilTheTestGoesOn() throws Exception {
            var device = TestConnection.open(Codec.lines());
            var handler = Background.start(() -> {
                device.forEach(line -> device.send("got " + line));
                return "returned";
            });

            handler.awaitWaiting();
            device.peerSends("a").peerEnds();

            assertThat(handler.result()).isEqualTo("returned");
            assertThat(device.sent()).containsExactly("got a");
        }
    }

    @Nested
    final class APeerThatDoesNotRead {
        private final TestConnection<String> device = TestConnection.open(Codec.lines()).peerStopsReading();

        @Test
        void makesItsOwnersSendsWaitUntilItReads() throws Exception {
            var handler = Background.start(() -> {
                for (int i = 0; i < 100; i++) {
                    device.send(LARGE);
                }
                return "returned";
            }).awaitWaiting();
            int before = device.sent().size();

            device.peerReads();

            assertThat(before).isBetween(Flow.WIRE_BYTES / LARGE.length(), 99);
            assertThat(handler.result()).isEqualTo("returned");
            assertThat(device.sent()).hasSize(100);
        }

        @Test
        void isCutByOthers() {
            device.ownedBy(Thread.ofVirtual().unstarted(() -> {}));

            assertThatThrownBy(() -> sendForEver(device)).isInstanceOfSatisfying(
                    ConnectionClosedException.class,
                    e -> assertThat(e.reason()).isEqualTo(CloseReason.SLOW_READER));
            assertThat(device.closeReason()).contains(CloseReason.SLOW_READER);
            // 1 MiB on its way and 4 MiB unsent.
            assertThat(device.sent()).hasSizeBetween(80, 90);
        }

        private static void sendForEver(Connection<String> connection) throws IOException {
            while (true) {
                connection.send(LARGE);
            }
        }
    }

    @Test
    void aPairTalks() throws Exception {
        try (var pair = TestConnection.pair(Codec.lines())) {
            pair.client().send("question");
            assertThat(pair.server().receive()).isEqualTo("question");
            pair.server().send("answer");
            assertThat(pair.client().receive()).isEqualTo("answer");
            assertThat(pair.client().remoteAddress()).isEqualTo(pair.server().localAddress());
        }
    }
}

package dev.berth.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** A connection is cut at each byte of a frame: a part of it is never delivered. FAULTS A8, E15. */
@ExtendWith(Baseline.class)
class CutAnywhereTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RecordingEvents events = new RecordingEvents();
    private final List<String> delivered = new CopyOnWriteArrayList<>();

    private TcpServer server(String framing) throws IOException {
        return TcpServer.builder(Codec.bytes(framing))
                .port(0)
                .events(events)
                .handler(client -> client.forEach(frame -> delivered.add(new String(frame, ISO_8859_1))))
                .start();
    }

    /** Sends so many bytes of the frame, and waits until the server has them. */
    private Peer begun(TcpServer server, byte[] frame, int length) throws Exception {
        var peer = Peer.of(server);
        peer.socket().getOutputStream().write(frame, 0, length);
        var client = events.nextOpened();
        await().atMost(LIMIT).until(() -> server.snapshot().clients().stream()
                .anyMatch(now -> now.id() == client.id() && now.bytesIn() == length));
        return peer;
    }

    /** A framing, a frame on the wire, and what is delivered of it. */
    static Stream<Arguments> framings() {
        return Stream.of(
                arguments("line", "hello, all\r\n", "hello, all"),
                arguments("len4be", "\0\0\0\5hello", "hello"),
                arguments("len1@2+2", "xx\5hello\r\n", "xx\5hello\r\n"),
                arguments("varint", "\5hello", "hello"),
                arguments("stxetx", "\2hello\3", "hello"),
                arguments("fixed:5", "hello", "hello"),
                arguments("slip", "hello\300", "hello"),
                arguments("cobs", "\6hello\0", "hello"));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void byAnEndOfStreamIsTruncatedAndAtItsBordersAPeacefulEnd(String framing, String sent, String frame) throws Exception {
        var bytes = sent.getBytes(ISO_8859_1);
        try (var server = server(framing)) {
            for (int length = 0; length <= bytes.length; length++) {
                delivered.clear();
                try (var peer = begun(server, bytes, length)) {
                    peer.halfClose();

                    boolean border = length == 0 || length == bytes.length;
                    assertThat(events.nextClosed().reason()).as("after %s bytes", length)
                            .isEqualTo(border ? CloseReason.PEER_CLOSED : CloseReason.TRUNCATED);
                    assertThat(delivered).as("after %s bytes", length)
                            .isEqualTo(length == bytes.length ? List.of(frame) : List.of());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void byAResetIsPeerResetEverywhere(String framing, String sent, String frame) throws Exception {
        var bytes = sent.getBytes(ISO_8859_1);
        try (var server = server(framing)) {
            for (int length = 0; length <= bytes.length; length++) {
                delivered.clear();
                try (var peer = begun(server, bytes, length)) {
                    var whole = length == bytes.length ? List.of(frame) : List.<String>of();
                    await().atMost(LIMIT).until(() -> delivered.equals(whole));
                    peer.reset();

                    assertThat(events.nextClosed().reason()).as("after %s bytes", length).isEqualTo(CloseReason.PEER_RESET);
                    assertThat(delivered).as("after %s bytes", length).isEqualTo(whole);
                }
            }
        }
    }
}

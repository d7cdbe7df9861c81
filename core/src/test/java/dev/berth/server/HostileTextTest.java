package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.framing.Codec;
import dev.berth.framing.FramingException;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** FAULTS B7: text that is none, and text that steers terminals. */
@ExtendWith(Baseline.class)
class HostileTextTest {
    private final RecordingEvents events = new RecordingEvents();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    private TcpServer server() throws Exception {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(client -> client.forEach(line -> {
            handled.add(line);
            client.send(line);
        })).start();
    }

    @ParameterizedTest
    @CsvSource({
        "overlong slash, c0af", "overlong slash in three, e080af", "overlong slash in four, f08080af", "overlong NUL, c080",
        "overlong DEL, c1bf", "largest overlong of two, e09fbf", "largest overlong of three, f08fbfbf",
        "high surrogate, eda080", "low surrogate, edbfbf", "surrogate pair, eda080edb080",
        "above the last character, f4908080", "five bytes, f888808080", "six bytes, fc8480808080", "FE, fe", "FF, ff",
        "continuation alone, 80", "continuation too many, c3a4a4", "truncated of two, c3", "truncated of three, e282",
        "truncated of four, f09f98", "truncated inside, c328", "UTF-16, fffe6100", "Latin-1, 6772fcdf65",
    })
    void isABadFrameThatNoHandlerSees(String what, String hex) throws Exception {
        try (var server = server()) {
            try (var peer = Peer.of(server)) {
                peer.socket().getOutputStream().write(HexFormat.of().parseHex("6f6b0a61" + hex + "620a6e6578740a"));

                assertThat(peer.halfClose().rest()).as(what).containsExactly("ok");
            }
            assertThat(events.nextClosed()).satisfies(end -> {
                assertThat(end.reason()).isEqualTo(CloseReason.BAD_FRAME);
                assertThat(end.cause()).isInstanceOf(FramingException.class);
            });
            try (var next = Peer.of(server)) {
                assertThat(next.send("grüße").line()).isEqualTo("grüße");
            }
        }
        assertThat(handled).containsExactly("ok", "grüße");
        assertThat(events.seen("handlerFailed")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NUL, a\\0b", "escape sequence, a\\33[2Jb", "C1, a\u0085b", "direction, a\u202eb", "replacement character, a\ufffdb",
        "noncharacter, a\uffffb", "outside of the first plane, a\ud83d\ude00b"})
    void ofControlCharactersIsAMessageLikeAnyOther(String what, String escaped) throws Exception {
        var text = escaped.translateEscapes();
        try (var server = server();
                var peer = Peer.of(server)) {
            assertThat(peer.send(text).line()).as(what).isEqualTo(text);
        }
    }
}

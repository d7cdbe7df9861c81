package dev.berth.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** FAULTS B10: a good command right behind a bad frame, in the same segment, does not run; not even for a handler that insists. */
@ExtendWith(Baseline.class)
class AfterABadFrameTest {
    private static final int OFTEN = 10;

    private final RecordingEvents events = new RecordingEvents();
    private final Queue<String> run = new ConcurrentLinkedQueue<>();
    private final Queue<CloseReason> told = new ConcurrentLinkedQueue<>();

    /** Runs every command it can get, also after an error. */
    private void insist(Connection<String> client) {
        for (int i = 0; i < OFTEN; i++) {
            try {
                run.add(client.expect());
            } catch (ConnectionClosedException e) {
                told.add(e.reason());
            } catch (IOException bad) {
                // Again.
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        // framing | a good frame | a bad one | why
        "line | drop\\n | 123456789012345678901\\n | FRAME_TOO_LARGE",
        "line | drop\\n | a\\377b\\n | BAD_FRAME",
        "crlf | drop\\r\\n | 123456789012345678901\\r\\n | FRAME_TOO_LARGE",
        "len1 | \\4drop | \\377 | FRAME_TOO_LARGE",
        "len4be | \\0\\0\\0\\4drop | \\377\\377\\377\\377 | FRAME_TOO_LARGE",
        "len4be | \\0\\0\\0\\4drop | \\0\\0\\0\\1\\377 | BAD_FRAME",
        "len1@2+2! | xy\\7drXY | xy\\4 | BAD_FRAME",
        "varint | \\4drop | \\200\\0 | BAD_FRAME",
        "stxetx | \\2drop\\3 | drop\\3 | BAD_FRAME",
        "mllp | \\013drop\\034\\r | drop\\034\\r | BAD_FRAME",
        "slip | drop\\300 | \\333x\\300 | BAD_FRAME",
        "cobs | \\5drop\\0 | \\7drop\\0 | BAD_FRAME",
        "magic:7878,line | xxdrop\\n | yydrop\\n | BAD_FRAME",
        "len1~crc16-ccitt | \\013123456789\\51\\261 | \\013123456789\\1\\2 | BAD_FRAME",
    })
    void aGoodOneNeverRuns(String framing, String good, String bad, CloseReason why) throws Exception {
        var codec = Codec.text(framing).withMaxFrameBytes(20);
        try (var server = TcpServer.builder(codec).port(0).events(events).handler(this::insist).start();
                var peer = Peer.of(server)) {
            byte[] segment = (good + bad + good + good).translateEscapes().getBytes(ISO_8859_1);
            peer.socket().getOutputStream().write(segment);
            peer.halfClose().awaitEnd();

            assertThat(events.nextClosed().reason()).isEqualTo(why);
            assertThat(run).hasSize(1);
            assertThat(told).hasSize(OFTEN - 2).containsOnly(why);
        }
    }
}

package dev.berth.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.cli.args.Framings;
import dev.berth.framing.Framing;

/** What attackers say in the server's framing. */
final class SpeechTest {

    /** As much as the framing can announce, up to a mebibyte; in four bytes where it announces nothing, or its header is the user's. */
    @ParameterizedTest
    @CsvSource({
        "len4be, 0010000061", "len4le, 0000100061", "len2be, 800061", "len1, 8061", "stxetx, 0261", "line, 0010000061", "raw, 0010000061",
        "fixed:8, 0010000061", "len1@2, 0010000061"
    })
    void theBeginOfALargeMessageIsWhatAnnouncesItAndOneByte(String framing, String bytes) {
        Framing parsed = Framing.parse(framing);
        Speech speech = Speech.of(new Framings(parsed, parsed), null, null);

        assertThat(HexFormat.of().formatHex(speech.beginOfLarge())).isEqualTo(bytes);
    }
}

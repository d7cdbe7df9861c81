package dev.berth.cli.framings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.berth.framing.Framing;

/** The table of framings, and its drawings. */
final class FramingTableTest {
    private static final int LONGEST_LINE = 92;

    static Stream<Example> examples() {
        return FramingTable.rows().stream().flatMap(row -> row.examples().stream());
    }

    @Test
    void everyFramingOfTheNotationIsExplainedInItsOrder() {
        String known = String.valueOf(catchThrowable(() -> Framing.parse("?")).getMessage()).replaceFirst(".*known: ", "");

        assertThat(FramingTable.rows()).extracting(Explained::form).containsExactly(known.split(", "));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatIsSentIsDelivered(Example example) {
        assertThat(example.cut())
                .extracting(piece -> new String(piece.message(), StandardCharsets.ISO_8859_1))
                .isEqualTo(example.messages());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void drawingsAreNarrow(Example example) {
        assertThat(example.drawing()).allMatch(line -> line.length() <= LONGEST_LINE);
        assertThat(FramingTable.rows()).allMatch(row -> row.use().length() <= LONGEST_LINE);
    }

    @Test
    void bytesOfTheFramingStandInBrackets() {
        assertThat(Example.of("stxetx", "hi", "!").drawing()).containsExactly(
                "[02] 68 69 [03] | [02] 21 [03] |",
                "     \"hi\"              \"!\"");
    }

    @Test
    void rewrittenMessagesHaveNoBrackets() {
        assertThat(Example.of("slip", "a\300b").drawing()).containsExactly("61 db dc 62 c0 |", "\"a\\xc0b\"");
    }

    @ParameterizedTest
    @CsvSource({
        "len, len", "len1@2+2, len", "len2be~crc32, checksum", "checksum, checksum", "gap:20ms, gap", "'magic:78,line', magic",
        "line, line", "fixed, fixed"
    })
    void aNameOrANotationFindsItsRow(String typed, String name) {
        assertThat(FramingTable.find(typed)).get().extracting(Explained::name).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"lines", "line2", "''", "'slip slip'"})
    void othersFindNone(String typed) {
        assertThat(FramingTable.find(typed)).isEmpty();
    }

    @Test
    void namesAreDifferent() {
        List<String> names = FramingTable.rows().stream().map(Explained::name).toList();

        assertThat(names).doesNotHaveDuplicates().doesNotContain("");
    }
}

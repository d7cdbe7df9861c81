package dev.berth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the texts that were found once. */
final class TextCorpusTest {

    static Stream<TextCase> corpus() throws IOException {
        try (var lines = TextCorpusTest.class.getResourceAsStream("texts.txt")) {
            assertThat(lines).isNotNull();
            return new String(lines.readAllBytes(), StandardCharsets.US_ASCII).lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                    .map(TextCase::parse);
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyParserKeepsItsPromises(TextCase tried) throws IOException {
        tried.parser().keepsItsPromises(tried.text());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void aLineIsReadAsItIsWritten(TextCase tried) {
        assertThat(TextCase.parse(tried.toString())).isEqualTo(tried);
    }

    @Test
    void everyParserHasALine() throws IOException {
        assertThat(corpus().map(TextCase::parser)).contains(TextParser.values());
    }
}

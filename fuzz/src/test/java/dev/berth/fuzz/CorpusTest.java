package dev.berth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays what was found once, and proves that {@link Promises} notices what it should. */
final class CorpusTest {

    static Stream<FuzzCase> corpus() throws IOException {
        try (var lines = CorpusTest.class.getResourceAsStream("corpus.txt")) {
            assertThat(lines).isNotNull();
            return new String(lines.readAllBytes(), StandardCharsets.US_ASCII).lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(FuzzCase::parse);
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyFramingKeepsItsPromises(FuzzCase tried) {
        Promises.check(tried);
    }

    @Test
    void everyFuzzedFramingHasALine() throws IOException {
        assertThat(corpus().map(FuzzCase::notation)).containsAll(FuzzedFramings.notations());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void aLineIsTheFuzzersInputAndBack(FuzzCase tried) {
        List<String> notations = FuzzedFramings.notations();

        assertThat(FuzzCase.of(tried.input(notations), notations)).hasToString(tried.toString());
        assertThat(FuzzCase.parse(tried.toString())).hasToString(tried.toString());
    }

    @ParameterizedTest
    @CsvSource({"GENEROUS_MAXIMUM, 29, 41", "FORGETFUL_END, 61620d0a, 0", "LOOK_BEYOND, 61620d, 0"})
    void plantedBugsAreNoticed(Planted planted, String begin, int zeros) {
        FuzzCase tried = FuzzCase.parse("0 0 " + begin + "00".repeat(zeros) + " " + planted);

        assertThatThrownBy(() -> Promises.check(planted, tried)).hasMessageContaining(planted.symptom());
    }
}

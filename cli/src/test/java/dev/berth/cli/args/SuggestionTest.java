package dev.berth.cli.args;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody probably meant. */
final class SuggestionTest {
    private static final List<String> OPTIONS = List.of("--port", "--bind", "--max-connections", "--max-queued", "-h");

    @ParameterizedTest
    @CsvSource({"--prot, --port", "--bnd, --bind", "--max-conections, --max-connections", "--max-con, --max-connections"})
    void nearWordsAreSuggested(String typed, String meant) {
        assertThat(Suggestion.nearest(typed, OPTIONS)).contains(meant);
    }

    @Test
    void farWordsAreNot() {
        assertThat(Suggestion.nearest("--colour", OPTIONS)).isEmpty();
        assertThat(Suggestion.question("--colour", OPTIONS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc, abc, 0", "abc, abd, 1", "abc, acb, 1", "abc, ab, 1", "abc, xabc, 1", "kitten, sitting, 3"})
    void distanceCountsKeys(String a, String b, int keys) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(keys);
    }
}

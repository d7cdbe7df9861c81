package dev.berth.cli.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Words from a closed list. */
final class WordsTest {
    private enum Colour { RED, DARK_BLUE }

    private final Words<Colour> words = new Words<>(Colour.class);

    @Test
    void smallLettersAndDashesAreRead() {
        assertThat(words.convert("dark-blue")).isEqualTo(Colour.DARK_BLUE);
        assertThat(Words.word(Colour.DARK_BLUE)).isEqualTo("dark-blue");
    }

    @Test
    void anotherWordIsAnsweredWithASuggestionAndTheList() {
        assertThatThrownBy(() -> words.convert("dark-bleu"))
                .hasMessage("'dark-bleu' is not known; did you mean dark-blue? (allowed: red, dark-blue)");
    }
}

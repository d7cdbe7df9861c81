package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextLinesTest {
    @Test
    void aLineIsAsLongAsAllowedAndNoLonger() {
        assertThat(TextLines.of("ab cd ef", 5)).containsExactly("ab cd", "ef");
        assertThat(TextLines.of("ab cd ef", 4)).containsExactly("ab", "cd", "ef");
        assertThat(TextLines.of("ab cd ef", 8)).containsExactly("ab cd ef");
    }

    @Test
    void aLongWordStaysWhole() {
        assertThat(TextLines.of("a longer b", 3)).containsExactly("a", "longer", "b");
        assertThat(TextLines.of("", 3)).containsExactly("");
    }
}

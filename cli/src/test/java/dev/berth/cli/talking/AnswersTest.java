package dev.berth.cli.talking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import dev.berth.cli.args.Framings;
import dev.berth.framing.Framing;

/** Answers are bytes for programs, and harmless text for people. */
final class AnswersTest {
    private static final byte[] NASTY = "a\\n\033[2J\nb".getBytes(StandardCharsets.UTF_8);

    private static String printed(Framing framing, boolean toTerminal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Answers.of(new Framings(framing, framing), false, new PrintStream(out, true, StandardCharsets.UTF_8), toTerminal).print(NASTY);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aProgramGetsTheBytes() {
        assertThat(printed(Framing.raw(), false)).isEqualTo("a\\n\033[2J\nb");
        assertThat(printed(Framing.line(), false)).isEqualTo("a\\n\033[2J\nb" + System.lineSeparator());
    }

    @Test
    void aTerminalIsNotSteered() {
        assertThat(printed(Framing.line(), true)).isEqualTo("a\\n\\x1b[2J\\nb" + System.lineSeparator());
    }

    @Test
    void rawTextKeepsItsLinesOnATerminal() {
        assertThat(printed(Framing.raw(), true)).isEqualTo("a\\n\\x1b[2J\nb");
    }
}

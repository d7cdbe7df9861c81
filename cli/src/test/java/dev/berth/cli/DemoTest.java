package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth demo} as somebody types it. */
class DemoTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutAnArgumentItPlaysAllThreeOneAfterTheOther() {
        assertThat(berth("", "demo")).isZero();

        assertThat(out.toString(UTF_8))
                .containsSubsequence("\nshared: ", "\none-at-a-time: ", "\nmulti: ")
                .doesNotContain("NOT seen")
                .doesNotContain("\u001b");
    }

    @Test
    void stepByStepItWaitsForEnterAndGoesOnToTheEndWhenInputEnds() {
        assertThat(berth("\n\n", "demo", "multi", "--step")).isZero();

        assertThat(out.toString(UTF_8)).contains("seen as claimed: ");
    }

    @Test
    void thePageHoldsTheSameStepsAndNeedsNothingElse(@TempDir Path folder) throws Exception {
        var page = folder.resolve("story.html");

        assertThat(berth("", "demo", "one-at-a-time", "--html", page.toString())).isZero();

        assertThat(Files.readString(page))
                .contains("is connected and got no answer within")
                .contains("data-kind=\"silent\"")
                .doesNotContain("src=")
                .doesNotContain("href=");
    }

    @Test
    void anUnknownArchitectureIsAnsweredWithTheKnownOnes() {
        assertThat(berth("", "demo", "mutli")).isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(err.toString(UTF_8).strip()).contains("'mutli'", "multi", "one-at-a-time").hasLineCount(1);
    }

    @Test
    void aPageThatCannotBeWrittenIsOneClearLine(@TempDir Path folder) {
        assertThat(berth("", "demo", "multi", "--html", folder.resolve("no/such/page.html").toString()))
                .isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(err.toString(UTF_8).strip()).contains("can't write ").hasLineCount(1);
        assertThat(out.toString(UTF_8)).as("what was played for nothing").isEmpty();
    }

    private int berth(String input, String... args) {
        var console = new Console(
                new ByteArrayInputStream(input.getBytes(UTF_8)), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
        return Main.run(console, args);
    }
}

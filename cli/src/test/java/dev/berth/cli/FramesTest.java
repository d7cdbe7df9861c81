package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code berth frames}. */
final class FramesTest {
    @Test
    void everyFramingIsListedWithItsCutMarks() {
        try (RunningCommand frames = RunningCommand.start("frames")) {
            assertThat(frames.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(frames.out().lines()).contains("line", "    68 69 [0a] | 79 6f [0a] |", "delim:HEX", "FRAMING~CHECKSUM");
            assertThat(frames.out().lines()).allMatch(line -> line.length() <= 80);
            assertThat(frames.out()).doesNotContain("\033");
            assertThat(frames.err()).isEmpty();
        }
    }

    @Test
    void oneIsExplainedWithAllItsExamples() {
        try (RunningCommand frames = RunningCommand.start("frames", "len1@2+2")) {
            assertThat(frames.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(frames.out()).startsWith("len{1,2,3,4,8}").contains(
                    "+TRAILER:", "--frame len2be", "    [00 02] 68 69 | [00 02] 79 6f |", "--frame len1@2+2");
        }
    }

    @Test
    void anUnknownNameIsWrongUsageWithASuggestion() {
        try (RunningCommand frames = RunningCommand.start("frames", "varnt")) {
            assertThat(frames.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(frames.errLines()).hasSize(1);
            assertThat(frames.err()).startsWith("berth: unknown framing 'varnt'; did you mean varint? known: line, crlf,");
            assertThat(frames.out()).isEmpty();
        }
    }
}

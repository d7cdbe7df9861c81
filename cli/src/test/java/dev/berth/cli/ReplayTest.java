package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code berth connect --record} and {@code berth replay} with real servers. */
final class ReplayTest {
    @TempDir
    private Path folder;

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("session"), List.of(lines)).toString();
    }

    private static RunningCommand replay(String file, RunningCommand server, String... options) {
        String[] words = new String[options.length + 3];
        words[0] = "replay";
        words[1] = file;
        words[2] = server.port();
        System.arraycopy(options, 0, words, 3, options.length);
        return RunningCommand.start(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"line", "len1", "stxetx", "raw"})
    void whatWasRecordedIsAnsweredAgain(String framing) {
        String file = folder.resolve("session").toString();
        try (RunningCommand server = RunningCommand.start("serve", "0", "--frame", framing)) {
            try (RunningCommand connect = RunningCommand.withInput(
                    "one\ntwo\n", "connect", server.port(), "--frame", framing, "--record", file)) {
                assertThat(connect.exitCode()).as(connect.err()).isEqualTo(ExitCode.DONE);
            }
            try (RunningCommand replay = replay(file, server, "--fast")) {
                assertThat(replay.exitCode()).as(replay.out() + replay.err()).isEqualTo(ExitCode.DONE);
                assertThat(replay.out()).isEmpty();
                assertThat(replay.err()).contains("as recorded");
            }
        }
    }

    @Test
    void aDifferentAnswerIsShownAndTheRestIsStillCompared() throws IOException {
        String file = file("0 > \"a\"", "1 < \"b\"", "2 > \"c\"", "3 < \"c\"");
        try (RunningCommand server = RunningCommand.start("serve", "0");
                RunningCommand replay = replay(file, server)) {
            assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(replay.out().lines()).containsExactly("line 2", "  expected  62  # b", "  got       61  # a");
            assertThat(replay.errLines()).containsExactly("berth: 2 answers, 1 not as recorded");
        }
    }

    @Test
    void anAnswerThatNobodyExpectedIsShown() throws IOException {
        String file = file("0 > \"a\"", "0 > \"b\"", "1 < \"a\"");
        try (RunningCommand server = RunningCommand.start("serve", "0");
                RunningCommand replay = replay(file, server, "--fast")) {
            assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(replay.out().lines()).containsExactly("after the last line", "  expected  nothing", "  got       62  # b");
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsShown() throws IOException {
        String file = file("0 > \"a\"", "1 < \"a\"", "2 < \"b\"");
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "sink");
                RunningCommand replay = replay(file, server, "--timeout", "100ms")) {
            assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(replay.out().lines()).containsExactly("line 2", "  expected  61  # a", "  got       nothing in time (--timeout)");
            assertThat(replay.errLines()).containsExactly("berth: 2 answers, 2 not as recorded");
        }
    }

    @Test
    void theClientsPaceIsKept() throws IOException {
        String file = file("0 > \"a\"", "0 < \"a\"", "300 > \"b\"", "301 < \"b\"");
        try (RunningCommand server = RunningCommand.start("serve", "0")) {
            server.port();
            long began = System.nanoTime();
            try (RunningCommand replay = replay(file, server)) {
                assertThat(replay.exitCode()).as(replay.out()).isEqualTo(ExitCode.DONE);
            }
            assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
        }
    }

    @Test
    void fastDoesNotWaitLikeTheClient() throws IOException {
        String file = file("0 > \"a\"", "0 < \"a\"", "900000 > \"b\"", "900000 < \"b\"");
        try (RunningCommand server = RunningCommand.start("serve", "0");
                RunningCommand replay = replay(file, server, "--fast")) {
            assertThat(replay.exitCode()).as(replay.out()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void manyMessagesAtOnceDoNotBlock() throws IOException {
        String sent = "0 > \"" + "x".repeat(60_000) + "\"";
        String[] lines = new String[600];
        Arrays.fill(lines, 0, 300, sent);
        Arrays.fill(lines, 300, 600, sent.replace('>', '<'));
        try (RunningCommand server = RunningCommand.start("serve", "0");
                RunningCommand replay = replay(file(lines), server, "--fast")) {
            assertThat(replay.exitCode()).as(replay.err()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void aBadFileIsWrongUsageInOneLine() throws IOException {
        try (RunningCommand replay = RunningCommand.start("replay", file("0 > 48", "what"), "8080")) {
            assertThat(replay.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(replay.errLines()).hasSize(1);
            assertThat(replay.err()).contains("session line 2: neither a message");
        }
    }

    @Test
    void aFileThatCantBeWrittenIsSaidBeforeAnybodyIsCalled() {
        String file = folder.resolve("none").resolve("session").toString();
        try (RunningCommand connect = RunningCommand.start("connect", "1", "--record", file)) {
            assertThat(connect.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(connect.errLines()).containsExactly(
                    "berth: can't write " + file + ": its folder does not exist (see 'berth connect --help')");
        }
    }
}

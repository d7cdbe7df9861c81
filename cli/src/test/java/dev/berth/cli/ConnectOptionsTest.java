package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Other ways to talk: bytes in hex, and directions that differ. */
final class ConnectOptionsTest {
    @Test
    void inHexLinesAreBytesAndSoAreAnswers() {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--frame", "len1");
                RunningCommand connect = RunningCommand.withInput(
                        "# a remark\n48 69\r\n\n\"a\"00\\n\n\"\"", "connect", server.port(), "--hex", "--frame", "len1")) {
            assertThat(connect.exitCode()).as(connect.err()).isEqualTo(ExitCode.DONE);
            assertThat(connect.out().lines()).containsExactly("48 69  # Hi", "61 00 0a  # a\\x00\\n", "\"\"");
        }
    }

    @Test
    void inHexNothingIsAddedAndNothingWaitedForUnlessAFramingSaysSo() {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--frame", "len2be");
                RunningCommand connect = RunningCommand.withInput("00 02\n\"Hi\"\n", "connect", server.port(), "--hex")) {
            assertThat(connect.exitCode()).as(connect.err()).isEqualTo(ExitCode.DONE);
            assertThat(connect.out()).isEqualToIgnoringNewLines("00 02 48 69  # \\x00\\x02Hi");
        }
    }

    @Test
    void badHexIsNamedWithItsLineAndPosition() {
        try (RunningCommand server = RunningCommand.start("serve", "0");
                RunningCommand connect = RunningCommand.withInput("48\n\n48 zz\n", "connect", server.port(), "--hex")) {
            assertThat(connect.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(connect.errLines()).containsExactly(
                    "berth: line 3 of the input: 'z' at position 4 is no hex digit; write hex digits, \"text\", \\r \\n \\t \\0 or \\x1b");
        }
    }

    @Test
    void theDirectionsMayDiffer() {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--frame-in", "stxetx", "--frame-out", "len2be");
                RunningCommand connect = RunningCommand.withInput(
                        "a\nb\n", "connect", server.port(), "--frame", "stxetx", "--frame-in", "len2be");
                RunningCommand send = RunningCommand.start(
                        "send", server.port(), "hi", "--frame-out", "stxetx", "--frame-in", "len2be")) {
            assertThat(connect.exitCode()).as(connect.err()).isEqualTo(ExitCode.DONE);
            assertThat(connect.out().lines()).containsExactly("a", "b");
            assertThat(send.exitCode()).as(send.err()).isEqualTo(ExitCode.DONE);
            assertThat(send.out()).isEqualTo("hi" + System.lineSeparator());
        }
    }
}

package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code berth send} and {@code berth connect} with real servers. */
final class TalkTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** A port on which nothing listens: it was free a moment ago. */
    private static String freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            return Integer.toString(free.getLocalPort());
        }
    }

    @Nested
    final class SendTest {
        @Test
        void theAnswerIsData() {
            try (RunningCommand server = RunningCommand.start("serve", "0");
                    RunningCommand send = RunningCommand.start("send", "127.0.0.1:" + server.port(), "grüße")) {
                assertThat(send.exitCode()).isEqualTo(ExitCode.DONE);
                assertThat(send.out()).isEqualTo("grüße" + System.lineSeparator());
                assertThat(send.err()).isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource({"127.0.0.1 PORT hi", "PORT hi", ":PORT hi", "localhost:PORT hi", "PORT --frame len2be hi"})
        void theServerCanBeTypedInManyWays(String line) {
            String frame = line.contains("len2be") ? "len2be" : "line";
            try (RunningCommand server = RunningCommand.start("serve", "0", "--frame", frame);
                    RunningCommand send = RunningCommand.start(("send " + line.replace("PORT", server.port())).split(" "))) {
                assertThat(send.exitCode()).as(send.err()).isEqualTo(ExitCode.DONE);
                assertThat(send.out()).isEqualTo("hi" + System.lineSeparator());
            }
        }

        @Test
        void nobodyListening() throws IOException {
            String port = freePort();
            try (RunningCommand send = RunningCommand.start("send", port, "hi")) {
                assertThat(send.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(send.errLines()).containsExactly(
                        "berth: 127.0.0.1:" + port + " refused the connection: nothing listens there; check host and port");
            }
        }

        @Test
        void aNameThatNobodyHas() {
            try (RunningCommand send = RunningCommand.start("send", "no..such..host:80", "hi")) {
                assertThat(send.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(send.errLines()).containsExactly("berth: unknown host 'no..such..host'; check the name, or use an IP address");
            }
        }

        @Test
        void noAnswerInTime() {
            try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "sink");
                    RunningCommand send = RunningCommand.start("send", server.port(), "hi", "--timeout", "300ms")) {
                assertThat(send.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(send.errLines()).hasSize(1);
                assertThat(send.err()).contains("127.0.0.1:" + server.port() + " did not answer in time", "--frame", "--timeout");
            }
        }

        @Test
        void aBusyServersNoticeIsNotTakenForAnAnswer() throws IOException {
            // A server that says BUSY and ends at once, as one that is full does.
            try (ServerSocket busy = new ServerSocket(0, 1, LOOPBACK)) {
                Thread.ofPlatform().start(() -> {
                    try (Socket client = busy.accept()) {
                        client.getOutputStream().write("BUSY\n".getBytes(StandardCharsets.UTF_8));
                        client.shutdownOutput();
                        client.getInputStream().readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                try (RunningCommand send = RunningCommand.start("send", Integer.toString(busy.getLocalPort()), "hi")) {
                    assertThat(send.exitCode()).isEqualTo(ExitCode.FAILED);
                    assertThat(send.err()).contains(" is busy and said: BUSY");
                    assertThat(send.out()).isEmpty();
                }
            }
        }

        @Test
        void aFullServerWithoutAWord() throws IOException {
            try (RunningCommand server = RunningCommand.start("serve", "0", "--single", "refuse");
                    Socket first = new Socket(LOOPBACK, Integer.parseInt(server.port()))) {
                first.getOutputStream().write("x\n".getBytes(StandardCharsets.UTF_8));
                server.awaitErr("connected");
                try (RunningCommand send = RunningCommand.start("send", server.port(), "hi")) {
                    assertThat(send.exitCode()).isEqualTo(ExitCode.FAILED);
                    assertThat(send.errLines()).hasSize(1);
                }
            }
        }

        @Test
        void aGreetingIsToldAndIsNotTheAnswer() throws IOException {
            try (ServerSocket greeter = new ServerSocket(0, 1, LOOPBACK)) {
                Thread.ofPlatform().start(() -> {
                    try (Socket client = greeter.accept()) {
                        client.getOutputStream().write("220 ready\n".getBytes(StandardCharsets.UTF_8));
                        client.getInputStream().read();
                        client.getOutputStream().write("250 ok\n".getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                try (RunningCommand send = RunningCommand.start("send", Integer.toString(greeter.getLocalPort()), "HELO")) {
                    assertThat(send.exitCode()).isEqualTo(ExitCode.DONE);
                    assertThat(send.out()).isEqualTo("250 ok" + System.lineSeparator());
                    assertThat(send.err()).contains(" says: 220 ready");
                }
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "8080|no message; write berth send HOST:PORT 'MESSAGE'",
                    "8080 two words|'words' is one word too many; put quotes around the message",
                    "0 hi|port 0 is out of range; allowed are 1 to 65535",
                    "8080 hi --frame fixed:3|the message cannot be sent as --frame fixed:3:",
                    "8080 hi --crlf --cr|--frame, --crlf and --cr say the same thing; give one of them",
                    "8080 hi --frame line --frame-in cr --frame-out cr|--frame has nothing to say beside --frame-in and --frame-out",
                    "8080 hi --frame-in lines|unknown framing 'lines'; did you mean line?",
                    "8080 hi --timeout 0s|--timeout is out of range; allowed are 1ms to 24h",
                })
        void wrongUsageIsOneLine(String words, String message) {
            try (RunningCommand send = RunningCommand.start(("send " + words).split(" "))) {
                assertThat(send.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
                assertThat(send.errLines()).hasSize(1);
                assertThat(send.err()).contains(message);
            }
        }
    }

    @Nested
    final class ConnectInAPipeTest {
        @Test
        void everyLineIsSentAndEveryAnswerPrinted() {
            try (RunningCommand server = RunningCommand.start("serve", "0");
                    RunningCommand connect = RunningCommand.withInput("a\r\n\nlast", "connect", "127.0.0.1", server.port())) {
                assertThat(connect.exitCode()).isEqualTo(ExitCode.DONE);
                assertThat(connect.out().lines()).containsExactly("a", "", "last");
                assertThat(connect.err()).isEmpty();
            }
        }

        @Test
        void muchMoreThanTheOutputHoldsGoesThrough() {
            String line = "x".repeat(60_000) + "\n";
            int lines = 300;
            try (RunningCommand server = RunningCommand.start("serve", "0");
                    RunningCommand connect = RunningCommand.withInput(line.repeat(lines), "connect", server.port())) {
                assertThat(connect.exitCode()).as(connect.err()).isEqualTo(ExitCode.DONE);
                assertThat(connect.out().lines().count()).isEqualTo(lines);
                assertThat(connect.out().length()).isEqualTo(line.length() * lines);
            }
        }

        @Test
        void rawBytesComeBackAsTheyWent() {
            try (RunningCommand server = RunningCommand.start("serve", "0", "--frame", "raw");
                    RunningCommand connect = RunningCommand.withInput("a\033b", "connect", server.port(), "--frame", "raw")) {
                assertThat(connect.exitCode()).isEqualTo(ExitCode.DONE);
                assertThat(connect.out()).isEqualTo("a\033b");
            }
        }

        @Test
        void otherLineEndsAreOptions() {
            try (RunningCommand server = RunningCommand.start("serve", "0", "--frame", "delim:0d");
                    RunningCommand connect = RunningCommand.withInput("a\n", "connect", server.port(), "--cr")) {
                assertThat(connect.exitCode()).isEqualTo(ExitCode.DONE);
                assertThat(connect.out().lines()).containsExactly("a");
            }
        }

        @Test
        void anAnswerComesBeforeTheInputEnds() throws IOException {
            PipedOutputStream typed = new PipedOutputStream();
            try (RunningCommand server = RunningCommand.start("serve", "0");
                    RunningCommand connect = RunningCommand.withInput(new PipedInputStream(typed), "connect", server.port())) {
                typed.write("now\n".getBytes(StandardCharsets.UTF_8));
                typed.flush();

                connect.awaitOut("now");
                typed.close();
                assertThat(connect.exitCode()).isEqualTo(ExitCode.DONE);
            }
        }

        @Test
        void aServerThatEndsEarlyIsAFailure() throws IOException {
            PipedOutputStream typed = new PipedOutputStream();
            try (RunningCommand server = RunningCommand.start("serve", "0");
                    RunningCommand connect = RunningCommand.withInput(new PipedInputStream(typed), "connect", server.port())) {
                typed.write("now\n".getBytes(StandardCharsets.UTF_8));
                typed.flush();
                connect.awaitOut("now");
                server.interrupt();

                assertThat(connect.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(connect.errLines()).hasSize(1);
            }
        }

        @Test
        void aLineThatIsNoMessageIsNamed() {
            try (RunningCommand server = RunningCommand.start("serve", "0", "--frame", "fixed:3");
                    RunningCommand connect = RunningCommand.withInput("abc\ntoo long\n", "connect", server.port(), "--frame", "fixed:3")) {
                assertThat(connect.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(connect.err()).contains("a line of the input is no message for --frame fixed:3: ");
            }
        }

        @Test
        void nobodyListening() throws IOException {
            String port = freePort();
            try (RunningCommand connect = RunningCommand.start("connect", port)) {
                assertThat(connect.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(connect.err()).contains("127.0.0.1:" + port + " refused the connection");
            }
        }
    }
}

package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code berth serve --auth-tokens}, and who talks to it. FAULTS B10, B11, G7, G11. */
final class AuthTest {
    private static final String TOKEN = "canary-0123456789";
    private static final String OTHER = "canary-abcdefghij";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String tokens = "";
    private String mine = "";

    @BeforeEach
    void writeFiles() throws IOException {
        tokens = Files.writeString(folder.resolve("tokens"), "# two\n" + OTHER + "\n" + TOKEN + "\n").toString();
        mine = Files.writeString(folder.resolve("mine"), TOKEN + "\n").toString();
    }

    private RunningCommand serve(String... options) {
        String[] words = new String[options.length + 4];
        System.arraycopy(new String[] {"serve", "0", "--auth-tokens", tokens}, 0, words, 0, 4);
        System.arraycopy(options, 0, words, 4, options.length);
        return RunningCommand.start(words);
    }

    private static String line(String text) {
        return text + System.lineSeparator();
    }

    @ParameterizedTest
    @ValueSource(strings = {"line", "len2be", "stxetx"})
    void sendSaysItsTokenFirst(String frame) {
        try (RunningCommand server = serve("--frame", frame);
                RunningCommand send = RunningCommand.start("send", ":" + server.port(), "hi", "--frame", frame, "--auth-token", mine)) {
            assertThat(send.exitCode()).as(send.err()).isEqualTo(ExitCode.DONE);
            assertThat(send.out()).isEqualTo(line("hi"));
        }
    }

    @Test
    void withoutItsTokenItIsDenied() {
        try (RunningCommand server = serve();
                RunningCommand send = RunningCommand.start("send", ":" + server.port(), "hi")) {
            assertThat(send.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(send.out()).isEqualTo(line("DENIED"));
        }
    }

    @Test
    void connectSaysItsTokenFirstOrHasItInItsInput() {
        try (RunningCommand server = serve();
                RunningCommand file = RunningCommand.withInput("a\nb\n", "connect", ":" + server.port(), "--auth-token", mine);
                RunningCommand input = RunningCommand.withInput(OTHER + "\na\n", "connect", ":" + server.port())) {
            assertThat(file.exitCode()).as(file.err()).isEqualTo(ExitCode.DONE);
            assertThat(file.out()).isEqualTo(line("a") + line("b"));
            assertThat(input.exitCode()).as(input.err()).isEqualTo(ExitCode.DONE);
            assertThat(input.out()).isEqualTo(line("OK") + line("a"));
        }
    }

    @Test
    void aRecordedSessionHasNoTokenAndIsReplayedWithOne() throws IOException {
        String session = folder.resolve("session").toString();
        try (RunningCommand server = serve()) {
            try (RunningCommand connect = RunningCommand.withInput(
                    "a\n", "connect", ":" + server.port(), "--auth-token", mine, "--record", session)) {
                assertThat(connect.exitCode()).as(connect.err()).isEqualTo(ExitCode.DONE);
            }
            assertThat(Files.readString(Path.of(session))).contains("> 61").doesNotContain("canary").doesNotContain("4f 4b");
            try (RunningCommand replay = RunningCommand.start("replay", session, ":" + server.port(), "--auth-token", mine)) {
                assertThat(replay.exitCode()).as(replay.err()).isEqualTo(ExitCode.DONE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"line", "len2be", "raw"})
    void eachConnectionOfBenchSaysItsTokenFirst(String frame) {
        String load = "--connections 5 --depth 3 --duration 200ms --warm-up 0s --json - --frame " + frame;
        try (RunningCommand server = serve("--frame", frame);
                RunningCommand known = talking("bench", server, load + " --auth-token " + mine);
                RunningCommand stranger = talking("bench", server, load)) {
            assertThat(known.exitCode()).as(known.err() + known.out()).isEqualTo(ExitCode.DONE);
            assertThat(known.out()).doesNotContain("canary");
            assertThat(stranger.exitCode()).isEqualTo(ExitCode.FAILED);
        }
    }

    @Test
    void benchSaysWhichTokenWasNotTaken() throws IOException {
        String wrong = Files.writeString(folder.resolve("wrong"), "canary-not-on-the-list\n").toString();
        try (RunningCommand server = serve();
                RunningCommand bench = talking("bench", server, "--connections 2 --auth-token " + wrong)) {
            assertThat(bench.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(bench.err()).contains("did not take the token (--auth-token); it said: DENIED").doesNotContain("canary");
        }
    }

    @Test
    void theVictimOfTortureSaysItsTokenAndStrangersDoNotHarmIt() {
        String attacks = "--attacks a3,a4 --probe hi --connections 3 --duration 300ms --patience 5s";
        try (RunningCommand server = serve();
                RunningCommand known = talking("torture", server, attacks + " --auth-token " + mine)) {
            assertThat(known.exitCode()).as(known.err() + known.out()).isEqualTo(ExitCode.DONE);
            assertThat(known.out()).contains("connects, says its token and asks 'hi'").doesNotContain("canary");
        }
    }

    private static RunningCommand talking(String verb, RunningCommand server, String options) {
        return RunningCommand.start((verb + " 127.0.0.1:" + server.port() + " " + options).split(" "));
    }

    @Test
    void whatFollowsTheTokenIsTheProgramsInput() throws IOException {
        try (RunningCommand server = serve("--exec", "cat");
                Socket client = ClosingProvocations.socket(server)) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write((TOKEN + "\nbytes as they come").getBytes(UTF_8));
            client.shutdownOutput();

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8)).isEqualTo("OK\nbytes as they come");
        }
    }

    @Test
    void noProgramIsStartedWithoutAToken() throws IOException {
        Path started = folder.resolve("started");
        try (RunningCommand server = serve("--exec", "touch " + started, "--exec-at-once");
                Socket client = ClosingProvocations.socket(server)) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write("x\nx\nx\nx\n".getBytes(UTF_8));

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8)).isEqualTo("DENIED\nDENIED\nDENIED\n");
            server.awaitErr("closed: not authenticated (--auth-tokens)");
            assertThat(started).doesNotExist();
        }
    }

    @Test
    void whatFollowsTheTokenIsForwarded() throws IOException {
        try (RunningCommand behind = RunningCommand.start("serve", "0");
                RunningCommand server = serve("--handler", "forward", "--to", ":" + behind.port());
                Socket client = ClosingProvocations.socket(server)) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write((TOKEN + "\nto the other\n").getBytes(UTF_8));
            client.shutdownOutput();

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8)).isEqualTo("OK\nto the other\n");
        }
    }

    @Test
    void noLineOfOursShowsAToken() throws IOException {
        try (RunningCommand server = serve("--trace", "hex", "--log-format", "json")) {
            try (RunningCommand send = RunningCommand.start("send", ":" + server.port(), "hi", "--auth-token", mine)) {
                assertThat(send.exitCode()).isEqualTo(ExitCode.DONE);
                assertThat(send.out() + send.err()).doesNotContain("canary");
            }
            try (Socket client = ClosingProvocations.socket(server)) {
                client.getOutputStream().write((TOKEN + "x\n" + TOKEN + "\u00e4").getBytes(UTF_8));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            }
            try (RunningCommand framed = RunningCommand.start("serve", "0", "--frame", "len4be", "--auth-tokens", tokens, "--trace", "text");
                    Socket client = ClosingProvocations.socket(framed)) {
                client.getOutputStream().write(TOKEN.getBytes(UTF_8));
                framed.awaitErr("closed: frame too large: more than 16384 bytes before authentication");
                assertThat(framed.err() + framed.out()).doesNotContain("canary").doesNotContain("cana");
            }
            server.awaitErr("TRUNCATED");
            server.awaitOut("in  17 bytes  not shown: said before authentication");
            server.awaitOut("in  2 bytes");
            assertThat(server.out()).contains("hi").doesNotContain("canary").doesNotContain("63 61 6e 61");
            assertThat(server.err()).doesNotContain("canary");
        }
        try (RunningCommand printed = RunningCommand.start("serve", "--auth-tokens", tokens, "--print-config")) {
            assertThat(printed.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(printed.out()).contains("auth-tokens: " + tokens).doesNotContain("canary");
        }
    }

    @Test
    void aFloodOfGuessesIsOneLineInTenSeconds() throws IOException {
        try (RunningCommand server = serve()) {
            for (int i = 0; i < 20; i++) {
                try (Socket client = ClosingProvocations.socket(server)) {
                    client.setSoTimeout(20_000);
                    client.getOutputStream().write("x\nx\nx\n".getBytes(UTF_8));
                    client.getInputStream().readAllBytes();
                }
            }
            server.awaitErr("closed: ");
            server.interrupt();
            server.exitCode();

            assertThat(server.errLines().stream().filter(line -> line.contains("connected"))).hasSize(1);
            assertThat(server.errLines().stream().filter(line -> line.contains("closed: "))).hasSize(1);
            assertThat(server.err()).contains("clients not let in since the last line: 19: 19 not authenticated");
        }
    }

    @Test
    void aBadFileIsFoundByCheckConfigWithItsPlace() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad"), TOKEN + "\ncanary\n");
        Path config = Files.writeString(folder.resolve("berth.yaml"), "port: 0\nauth-tokens: " + bad + "\n");
        try (RunningCommand check = RunningCommand.start("serve", "--config", config.toString(), "--check-config")) {
            assertThat(check.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(check.err()).contains(config + " line 2: auth-tokens: " + bad + " line 2: a token has 16 to 1024 characters")
                    .doesNotContain("canary");
        }
    }

    @Test
    void aFileThatOnlyItsOwnerReadsIsNoDoubt() throws IOException {
        Files.setPosixFilePermissions(Path.of(tokens), PosixFilePermissions.fromString("rw-------"));
        try (RunningCommand server = serve()) {
            server.port();
            assertThat(server.err()).doesNotContain("chmod");
        }
    }
}

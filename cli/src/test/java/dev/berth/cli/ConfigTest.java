package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;

/** {@code berth serve} with its settings from a file and the environment. */
final class ConfigTest {
    private static final String TWO_LISTENERS = """
            listeners:
              - name: meters
                port: 0
                frame: len1
              - name: people
                port: 0
                handler: chat
                max-connections: 1
                when-full: refuse
            """;

    @TempDir
    private Path folder;

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("berth.yaml"), yaml).toString();
    }

    private static int portOf(RunningCommand server, String listener) {
        server.awaitErr(listener + " listening on ");
        Matcher line = Pattern.compile(listener + " listening on \\S+:(\\d+)").matcher(server.err());
        assertThat(line.find()).isTrue();
        return Integer.parseInt(line.group(1));
    }

    private static int exitCode(String... args) {
        try (RunningCommand command = RunningCommand.start(args)) {
            return command.exitCode();
        }
    }

    @Test
    void severalListenersServeEachInItsOwnWayAndLogWithTheirNames() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "--config", file(TWO_LISTENERS));
                Socket meter = new Socket(InetAddress.getLoopbackAddress(), portOf(server, "meters"));
                Connection<String> one = TcpClient.connect("127.0.0.1", portOf(server, "people"))) {
            meter.getOutputStream().write(new byte[] {2, 'h', 'i'});
            assertThat(meter.getInputStream().readNBytes(3)).containsExactly(2, 'h', 'i');
            one.send("I am here");
            one.flush();
            server.awaitErr(" people #1 127.0.0.1:" + one.localAddress().getPort() + " connected");
            try (Connection<String> refused = TcpClient.connect("127.0.0.1", portOf(server, "people"))) {
                assertThat(refused.receive()).isNull();
            }

            server.awaitErr(" meters #1 127.0.0.1:" + meter.getLocalPort() + " connected");
            server.awaitErr(" people #2 ");
            server.awaitErr("refused: every place is taken");
        }
    }

    @Test
    void theLogForProgramsCarriesTheListenersName() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "--log-format", "json", "--config", file(TWO_LISTENERS))) {
            server.awaitErr("\"listener\":\"meters\"");
            server.awaitErr("\"listener\":\"people\"");
        }
    }

    @Test
    void theEndOfAllListenersIsOneEnd() throws IOException {
        RunningCommand server = RunningCommand.start("serve", "--config", file(TWO_LISTENERS));
        try (Connection<String> one = TcpClient.connect("127.0.0.1", portOf(server, "people"))) {
            one.send("I am here");
            one.flush();
            server.awaitErr("connected");
            server.close();

            assertThat(server.errLines().getLast()).isEqualTo("berth: stopped: 1 client served, 0 refused, 0 gone without a byte, 1 cut");
            assertThat(one.receive()).isNull();
        }
    }

    @Test
    void aListenerThatCannotListenEndsTheOthersToo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String config = file("""
                    listeners:
                      - port: 0
                      - port: %d
                    """.formatted(taken.getLocalPort()));
            try (RunningCommand server = RunningCommand.start("serve", "--config", config)) {
                assertThat(server.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(server.err()).startsWith("berth: " + config + " line 3: port " + taken.getLocalPort()
                        + " on 127.0.0.1 is taken by another program; use ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--max-queued 1, 2, 3, 4, 1 # --max-queued",
        "'', 2, 3, 4, 2 # BERTH_MAX_QUEUED",
        "'', '', 3, 4, 3 # FILE line 3",
        "'', '', '', 4, 4 # FILE line 1",
        "'', '', '', '', 1024 # default",
    })
    void optionBeforeVariableBeforeListenerBeforeTopOfTheFile(String option, String variable, String own, String top, String printed)
            throws IOException {
        String config = file((top.isEmpty() ? "\n" : "max-queued: " + top + "\n") + "listeners:\n  - "
                + (own.isEmpty() ? "backlog: 5\n" : "max-queued: " + own + "\n"));
        try (RunningCommand command = RunningCommand.withEnvironment(Map.of("BERTH_MAX_QUEUED", variable, "BERTH_CONFIG", config),
                ("serve --print-config " + option).strip().split(" "))) {
            assertThat(command.exitCode()).isZero();

            assertThat(command.out().replaceAll(" +#", " #")).contains("max-queued: " + printed.replace("FILE", config) + "\n");
        }
    }

    @Test
    void whatIsPrintedReadAgainSaysTheSame() throws IOException {
        String config = file(TWO_LISTENERS + "    busy-notice: \"full: 'now' # really\"\n");
        try (RunningCommand first = RunningCommand.start("serve", "--config", config, "--single", "wait", "--print-config")) {
            assertThat(first.exitCode()).isZero();
            String again = Files.writeString(folder.resolve("again.yaml"), first.out()).toString();
            try (RunningCommand second = RunningCommand.start("serve", "--config", again, "--print-config")) {
                assertThat(second.exitCode()).as(second.err()).isZero();
                assertThat(values(second.out())).isEqualTo(values(first.out()));
                assertThat(second.out()).contains("full: ''now'' # really", "# max-connections: 1 ", "single: wait");
            }
        }
    }

    private static List<String> values(String printed) {
        return printed.lines().map(line -> line.replaceFirst(" {2,}# .*| # .*(line|from|not set).*$", "")).toList();
    }

    @Test
    void checkingTellsThatAllIsWellAndListensToNobody() throws IOException {
        try (RunningCommand check = RunningCommand.start("serve", "--config", file(TWO_LISTENERS), "--check-config")) {
            assertThat(check.exitCode()).isZero();
            assertThat(check.out()).isEqualTo("the settings are good: 2 listeners" + System.lineSeparator());
            assertThat(check.err()).isEmpty();
        }
    }

    @Test
    void checkingShowsAllThatIsWrongWithItsLines() throws IOException {
        String config = file("""
                listeners:
                  - port: 70000
                  - frame: lne
                  - handler: forward
                  - single: wait
                    max-connections: 2
                  - queue-timeout: 5
                """);
        try (RunningCommand check = RunningCommand.start("serve", "--config", config, "--check-config")) {
            assertThat(check.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(check.errLines()).satisfiesExactly(
                    line -> assertThat(line).isEqualTo("berth: " + config + " line 2: port 70000 is out of range; allowed are 0 to 65535"),
                    line -> assertThat(line).startsWith("berth: " + config + " line 3: frame: unknown framing 'lne'; did you mean line?"),
                    line -> assertThat(line).isEqualTo("berth: " + config + " line 4: handler forward needs a server: --to HOST:PORT"),
                    line -> assertThat(line).startsWith("berth: " + config + " line 5: single is --max-connections 1"),
                    line -> assertThat(line).isEqualTo("berth: " + config
                            + " line 7: queue-timeout '5' has no unit; write 500ms, 5s, 2m or 1h"));
        }
    }

    @Test
    void checkingFindsWhatCanNotBeMeantTogether() throws IOException {
        String config = file("""
                listeners:
                  - exec: cat
                    handler: echo
                """);
        try (RunningCommand check = RunningCommand.start("serve", "--config", config, "--check-config")) {
            assertThat(check.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(check.errLines()).hasSize(1);
            assertThat(check.err()).contains(config + " line 2: exec is --handler exec; leave --handler out");
        }
    }

    @Test
    void checkingFindsWhatOnlyAStartWouldShow() throws IOException {
        String config = file("""
                port: 0
                listeners:
                  - max-connections: 0
                  - busy-notice: FULL
                    frame: fixed:3
                  - exec: cat
                  - handler: forward
                    to: nonsense
                """);
        try (RunningCommand check = RunningCommand.start("serve", "--config", config, "--check-config")) {
            assertThat(check.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(check.err()).contains(
                    config + " line 3: max-connections is 0, allowed are 1 to", config + " line 4: busy-notice cannot be sent",
                    config + " line 8: to: 'nonsense' has no port");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "max-conections: 2|line 1: unknown key 'max-conections'; did you mean max-connections?",
        "maxConnections: 2|line 1: unknown key 'maxConnections'; did you mean max-connections?",
        "colour: red|line 1: unknown key 'colour'; --print-config shows all",
        "config: other.yaml|line 1: unknown key 'config'",
        "port: 1~port: 2|line 2: port is given before, in line 1",
        "port:|line 1: port has no value; leave it out, or write '' for an empty text",
        "port: {at: 1}|line 1: port takes a value, not a group of settings",
        "listeners: 8080|line 1: listeners: takes a list",
        "listeners: [8080]|line 1: a listener has settings like port: 8080",
        "listeners:~  - drain-timeout: 5s|line 2: drain-timeout is the whole command's, not a listener's: it goes to the top of the file",
        "8080|line 1: a file of settings has lines like max-connections: 200",
        "port: [1|line 2: expected ',' or ']', but got",
        "max-connections: many|line 1: max-connections 'many' is not a whole number",
        "drain-timeout: 5|line 1: drain-timeout '5' has no unit",
        "listeners:~  - name: a~    port: 1~  - name: a~    port: 2|line 4: name 'a' is taken by another listener",
        "listeners:~  - port: 8000~  - port: 8000|line 3: port 8000 on 127.0.0.1 is taken by another listener",
    })
    void aMistakeIsNamedWithItsLine(String yaml, String message) throws IOException {
        String config = file(yaml.replace('~', '\n') + "\n");
        try (RunningCommand check = RunningCommand.start("serve", "--config", config)) {
            assertThat(check.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(check.errLines()).singleElement().asString().startsWith("berth: " + config + " " + message);
        }
    }

    @Test
    void aFileThatIsNotThereOrNotTextIsOneLine() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});

        assertThat(exitCode("serve", "--config", folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(exitCode("serve", "--config", binary.toString())).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(exitCode("serve", "--config", folder.toString())).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void anEmptyFileChangesNothing() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--config", file("# nothing\n"));
                Connection<String> client = TcpClient.connect("127.0.0.1", Integer.parseInt(server.port()))) {
            assertThat(client.request("hello")).isEqualTo("hello");
        }
    }

    @Test
    void aPortTypedIsNotMeantForSeveralListeners() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "8080", "--config", file(TWO_LISTENERS))) {
            assertThat(server.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(server.err()).contains("--port 8080 can't be meant for 2 listeners; give each its own in the file");
        }
    }

    @Test
    void whatServesIsSaidAnewAsAWhole() throws IOException {
        String config = file("exec: cat\nexec-at-once: true\nmax-connections: 7\n");
        try (RunningCommand command =
                RunningCommand.start("serve", "--config", config, "--handler", "echo", "--single", "wait", "--print-config")) {
            assertThat(command.exitCode()).as(command.err()).isZero();
            assertThat(command.out().replaceAll(" +#", " #")).contains(
                    "handler: echo # --handler", "# exec: # not set", "exec-at-once: false # default", "# max-connections: 1 # from single");
        }
    }

    @Test
    void aMistypedVariableIsAskedFor() {
        try (RunningCommand server = RunningCommand.withEnvironment(
                Map.of("BERTH_MAX_CONECTIONS", "5", "BERTH_JAVA", "x", "BERTH_SERVICE_HOST", "10.0.0.1", "BERTH_PORT", "tcp://10.0.0.1:80"),
                "serve", "--port", "0")) {
            server.port();

            assertThat(server.err()).contains(
                    "berth: the environment's BERTH_MAX_CONECTIONS is no setting; did you mean BERTH_MAX_CONNECTIONS?",
                    "berth: the environment's BERTH_PORT is no setting: Kubernetes makes it for a service named berth");
            assertThat(server.errLines()).hasSize(3);
        }
    }

    @Test
    void aVariableWithABadValueIsNamed() {
        try (RunningCommand server = RunningCommand.withEnvironment(Map.of("BERTH_MAX_QUEUED", "many"), "serve", "0")) {
            assertThat(server.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(server.err()).startsWith("berth: BERTH_MAX_QUEUED 'many' is not a whole number");
        }
    }

    @Test
    void textsKeepWhatYamlAndTheCommandLineWouldTakeForTheirOwn() throws IOException {
        String config = file("port: 0\nsingle: refuse\nbusy-notice: '\"--full--\" = \"yes\"'\n");
        try (RunningCommand server = RunningCommand.start("serve", "--config", config);
                Connection<String> first = TcpClient.connect("127.0.0.1", Integer.parseInt(server.port()))) {
            first.request("here");
            try (Socket second = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()))) {
                assertThat(new String(second.getInputStream().readAllBytes(), UTF_8)).isEqualTo("\"--full--\" = \"yes\"\n");
            }
        }
    }
}

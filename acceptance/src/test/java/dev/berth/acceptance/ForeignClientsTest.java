package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The built command serves clients that others wrote, two at a time. */
@Timeout(60)
class ForeignClientsTest {
    private static final Pattern READY = Pattern.compile("berth: listening on 127\\.0\\.0\\.1:(\\d+).*");
    private static final int ROUNDS = 3;

    @SuppressWarnings("NullAway.Init") // set before any test
    private static LineProcess command;

    private static int port;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        var jar = Path.of(System.getProperty("berth.jar", "../cli/target/berth.jar"));
        assertThat(Files.exists(jar)).as("whether %s is built: run verify, not test", jar.getFileName()).isTrue();
        command = new LineProcess(List.of(JavaProgram.java(), "-jar", jar.toString(), "serve", "--port", "0"));
        var ready = READY.matcher(command.hear(line -> READY.matcher(line).matches()));
        assertThat(ready.matches()).isTrue();
        port = Integer.parseInt(ready.group(1));
    }

    @AfterAll
    static void end() {
        if (command != null) {
            command.close();
        }
    }

    @Test
    void ncatGetsItsOwnAnswers() throws Exception {
        eachOfTwoGetsItsOwnAnswers("ncat", List.of("ncat", "127.0.0.1", text(port)));
    }

    @Test
    void socatGetsItsOwnAnswers() throws Exception {
        eachOfTwoGetsItsOwnAnswers("socat", List.of("socat", "-", "TCP:127.0.0.1:" + port));
    }

    @Test
    void bashGetsItsOwnAnswers() throws Exception {
        var script = """
                exec 3<>"/dev/tcp/127.0.0.1/$1"
                while read -r question; do
                    printf '%s\\n' "$question" >&3
                    read -r answer <&3
                    printf '%s\\n' "$answer"
                done
                """;
        eachOfTwoGetsItsOwnAnswers("bash", List.of("bash", "-c", script, "client", text(port)));
    }

    @Test
    void pythonGetsItsOwnAnswers() throws Exception {
        var script = """
                import socket, sys
                with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as server:
                    lines = server.makefile("rw", encoding="utf-8", newline="\\n")
                    for question in sys.stdin:
                        lines.write(question)
                        lines.flush()
                        print(lines.readline(), end="", flush=True)
                """;
        eachOfTwoGetsItsOwnAnswers("python3", List.of("python3", "-c", script, text(port)));
    }

    @Test
    void nodeGetsItsOwnAnswers() throws Exception {
        var script = """
                const server = require("node:net").connect(Number(process.argv[1]), "127.0.0.1");
                process.stdin.pipe(server).pipe(process.stdout);
                """;
        eachOfTwoGetsItsOwnAnswers("node", List.of("node", "-e", script, text(port)));
    }

    private static void eachOfTwoGetsItsOwnAnswers(String tool, List<String> client) throws Exception {
        boolean exists = LineProcess.exists(tool);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(exists).as("whether %s is installed, as it must be in CI", tool).isTrue();
        }
        assumeTrue(exists, tool + " is not installed");

        try (var first = new LineProcess(client);
                var second = new LineProcess(client)) {
            for (int round = 0; round < ROUNDS; round++) {
                var question = "round " + round + " from " + tool + " ";
                first.say(question + "1");
                second.say(question + "2 äöü");

                assertThat(second.hear()).isEqualTo(question + "2 äöü");
                assertThat(first.hear()).isEqualTo(question + "1");
            }
            assertThat(first.passedOver()).isEmpty();
            assertThat(second.passedOver()).isEmpty();
        }
    }

    private static String text(int port) {
        return String.valueOf(port);
    }
}

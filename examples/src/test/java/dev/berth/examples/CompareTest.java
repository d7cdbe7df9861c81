package dev.berth.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/compare.md shows does what it says, and its numbers are counted. */
@Timeout(120)
final class CompareTest {
    private static final Path PAGE = Path.of("../docs/compare.md");
    private static final Path PROGRAMS = Path.of("src/test/java/dev/berth/examples/echo");
    private static final Pattern COMMANDS = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z][\\w. ]+?) +\\| (\\d+) \\|.*");

    @ParameterizedTest
    @ValueSource(strings = {"NettyEcho", "VertxEcho", "SpringEcho", "BerthEcho"})
    void eachProgramEchoesToTwoClientsAtOnce(String program) throws Exception {
        var arguments = List.of("-Dport=0", "-cp", System.getProperty("java.class.path"), "dev.berth.examples.echo." + program);
        try (var server = StoryProgram.java(program, arguments)) {
            echoesToTwoClientsAtOnce(server.port());
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandEchoesToTwoClientsAtOnce(String command) throws Exception {
        List<String> words = List.of(command.split(" "));
        if (command.startsWith("./berth ")) {
            var arguments = Stream.concat(
                    Stream.of("-cp", System.getProperty("java.class.path"), "dev.berth.cli.Main"),
                    Stream.concat(words.stream().skip(1), Stream.of("--port", "0")));
            try (var server = StoryProgram.java(command, arguments.toList())) {
                echoesToTwoClientsAtOnce(server.port());
            }
            return;
        }
        requireInstalled(words.getFirst());
        int port = freePort();
        assertThat(command).contains("8080");
        var process = new ProcessBuilder(command.replace("8080", String.valueOf(port)).split(" ")).start();
        try {
            // Neither can choose a port and say which; so one is chosen here, and tried until it is listened on.
            await().atMost(Duration.ofSeconds(20)).until(() -> isListenedOn(port));
            echoesToTwoClientsAtOnce(port);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.onExit().join();
        }
    }

    @Test
    void theNumbersOfLinesAreCounted() throws IOException {
        Map<String, Integer> shown = new TreeMap<>();
        Files.readAllLines(PAGE).stream().map(ROW::matcher).filter(Matcher::matches)
                .forEach(row -> shown.put(row.group(1), Integer.valueOf(row.group(2))));
        Map<String, Integer> counted = new TreeMap<>();
        commands().forEach(command -> counted.put("The command " + command.replaceFirst("^\\./", "").replaceFirst(" .*", ""), 1));
        counted.put("Netty", lines("NettyEcho"));
        counted.put("Vert.x", lines("VertxEcho"));
        counted.put("Spring Integration", lines("SpringEcho"));
        counted.put("Berth", lines("BerthEcho"));

        assertThat(shown).isEqualTo(counted);
    }

    @Test
    void theWholeOfEachProgramIsShown() throws IOException {
        String page = Files.readString(PAGE);

        for (String program : List.of("NettyEcho", "VertxEcho", "SpringEcho", "BerthEcho")) {
            String source = Files.readString(PROGRAMS.resolve(program + ".java"));
            assertThat(page).contains(source.replaceFirst("(?s).*?\\*/\n(@SuppressWarnings.*?\n)?", ""));
        }
    }

    /** Lines that say something: no blank ones, comments, package, imports or words to our own compiler's gates. */
    private static int lines(String program) throws IOException {
        return (int) Files.readAllLines(PROGRAMS.resolve(program + ".java")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.matches("(//|/\\*\\*|package |import |@SuppressWarnings).*"))
                .count();
    }

    static Stream<String> commands() throws IOException {
        return COMMANDS.matcher(Files.readString(PAGE)).results().flatMap(listing -> listing.group(1).lines()).toList().stream();
    }

    /** The second client is answered first and the first one stays open, so neither waits for the other. */
    private static void echoesToTwoClientsAtOnce(int port) throws IOException {
        try (var first = StoryClient.connect(port);
                var second = StoryClient.connect(port)) {
            second.send("I am second");
            assertThat(second.receive()).isEqualTo("I am second");

            first.send("I am first, äöü");
            assertThat(first.receive()).isEqualTo("I am first, äöü");
        }
    }

    private static void requireInstalled(String tool) throws IOException, InterruptedException {
        boolean exists = new ProcessBuilder("bash", "-c", "command -v " + tool).start().waitFor() == 0;
        if ("true".equals(System.getenv("CI"))) {
            assertThat(exists).as("whether %s is installed, as it must be in CI", tool).isTrue();
        }
        assumeTrue(exists, tool + " is not installed");
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean isListenedOn(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

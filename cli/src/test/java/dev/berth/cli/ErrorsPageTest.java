package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.berth.cli.ErrorsPage.Row;
import dev.berth.cli.args.HexText;
import dev.berth.framing.FrameCursor;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;
import dev.berth.server.RefuseReason;
import dev.berth.transport.CloseReason;

/** Every error on docs/errors.md is made to happen, and says what the page says. */
@Timeout(60)
final class ErrorsPageTest {
    private static final Pattern TYPED = Pattern.compile("(?:(BERTH_\\w+)=(\\S+) )?berth (.*)");
    private static final Pattern EXIT_CODE_FIRST = Pattern.compile("(\\d) berth: ");

    /** Not on the page, each for a reason. */
    private static final List<String> UNPROVOKED = List.of(
            // Loopback sockets that can't be opened, an interrupt from outside.
            "the demo can't be played:", "the demo was interrupted", "the replay was interrupted",
            "interrupted before anything was measured", "interrupted; nothing is reported",
            // A JDK without its java command.
            "cannot start Java:",
            // Bugs of ours.
            "an example of ours is no", "not run by the parser", "was checked before",
            // Causes of another exception, which is on the page.
            "nothing received within",
            // An array of 2 GiB.
            ", the largest array",
            // For authors of checksums, framings and views.
            "checksum of", "bytes, but", "of this frame were scanned", "is not inside the bytes [");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static List<Row> rows() throws IOException {
        return ErrorsPage.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatThePageShowsIsSaid(Row row) throws Exception {
        String first = row.codes().isEmpty() ? "" : row.codes().getFirst();
        Matcher typed = TYPED.matcher(first);
        if (typed.matches()) {
            Map<String, String> environment = typed.group(1) == null ? Map.of() : Map.of(typed.group(1), typed.group(2));
            saidByTheCommand(row, environment, typed.group(3));
        } else if (first.startsWith("--frame ")) {
            assertThat(saidByTheFraming(row, first)).matches(row.pattern());
        } else {
            String said = provoked(row, first);
            // A line of the log: what it begins with, and what is counted behind.
            String line = "(.* |\\d )?(berth: )?(" + row.pattern().pattern() + ")(, .*| \\(see 'berth.* --help'\\))?";
            assertThat(said.lines()).as(said).anyMatch(each -> each.matches(line));
            Matcher exitCode = EXIT_CODE_FIRST.matcher(said);
            if (row.exitCode() > 0 && exitCode.lookingAt()) {
                assertThat(Integer.parseInt(exitCode.group(1))).isEqualTo(row.exitCode());
            }
        }
    }

    private static String provoked(Row row, String reason) throws Exception {
        var provocation = row.text().startsWith("closed: ") ? ClosingProvocations.ENDS.get(reason)
                : row.text().startsWith("refused: ") ? ClosingProvocations.REFUSALS.get(reason)
                : byText().get(row.text());
        return provocation == null ? "nobody makes this happen" : provocation.call();
    }

    private static Map<String, Callable<String>> byText() {
        Map<String, Callable<String>> all = new HashMap<>(ServeProvocations.BY_TEXT);
        all.putAll(TalkProvocations.BY_TEXT);
        all.putAll(BenchProvocations.BY_TEXT);
        all.putAll(CodeProvocations.BY_TEXT);
        all.putAll(LibraryProvocations.BY_TEXT);
        all.putAll(AuthProvocations.BY_TEXT);
        return all;
    }

    private void saidByTheCommand(Row row, Map<String, String> environment, String line) throws IOException {
        Path file = folder.resolve("file");
        if (row.codes().size() > 1) {
            // One char a byte.
            String content = row.codes().get(1).replace("\\n", "\n").replace("\\xff", "\u00ff").replace("\\x01", "\1");
            Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        }
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String[] words = Arrays.stream(line.split(" ", -1))
                    .map(word -> word.replace("TAKEN", String.valueOf(taken.getLocalPort())))
                    .map(word -> word.replace("FILE", file.toString()))
                    .toArray(String[]::new);
            for (int i = 0; i < words.length; i++) {
                words[i] = words[i].replace("FREE", String.valueOf(TalkProvocations.freePort()));
            }
            boolean interactive = false;
            Console console = new Console(
                    new ByteArrayInputStream(new byte[0]), utf8(new ByteArrayOutputStream()), utf8(err), interactive, environment);
            exitCode = Main.run(console, words);
        }
        assertThat(err.toString(StandardCharsets.UTF_8).strip())
                .matches("berth: " + row.pattern().pattern() + (row.exitCode() == ExitCode.WRONG_USAGE ? " \\(see 'berth.* --help'\\)" : ""));
        assertThat(exitCode).isEqualTo(row.exitCode());
    }

    private static PrintStream utf8(ByteArrayOutputStream bytes) {
        boolean flushing = true;
        return new PrintStream(bytes, flushing, StandardCharsets.UTF_8);
    }

    /** {@code --frame line --max-frame 4} gets or sends {@code "123456"}. */
    private static String saidByTheFraming(Row row, String options) {
        List<String> words = List.of(options.split(" ", -1));
        Framing framing = Framing.parse(words.get(1));
        if (words.size() > 2) {
            framing = framing.withMaxFrameBytes(Integer.parseInt(words.get(3)));
        }
        byte[] bytes = HexText.parse(row.codes().get(1)).orElseThrow();
        try {
            if (row.after().contains("sends")) {
                framing.seal(new FrameWriter().put(bytes));
            } else {
                FrameCursor cursor = new FrameCursor();
                cursor.over(bytes, 0, bytes.length);
                framing.next(cursor);
            }
        } catch (FramingException | IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        return "nothing is wrong with that";
    }

    @Test
    void everyProvocationIsOnThePage() throws IOException {
        var texts = rows().stream().map(Row::text).toList();

        assertThat(texts).containsAll(byText().keySet());
    }

    @Test
    void everyTextThatTheSourcesThrowIsOnThePage() throws IOException {
        String page = ErrorsPage.whole();
        List<String> missing = ThrownTexts.parts().stream().filter(part -> !page.contains(part)).toList();

        assertThat(missing).containsExactlyInAnyOrderElementsOf(UNPROVOKED);
    }

    @Test
    void everyReasonIsOnThePage() throws IOException {
        assertThat(reasons("closed: ")).containsExactlyInAnyOrderElementsOf(
                Stream.of(CloseReason.values()).map(reason -> reason.name() + " " + reason.text()).toList());
        assertThat(reasons("refused: ")).containsExactlyInAnyOrderElementsOf(
                Stream.of(RefuseReason.values()).map(reason -> reason.name() + " " + reason.text()).toList());
    }

    private static List<String> reasons(String start) throws IOException {
        return rows().stream()
                .filter(row -> row.text().startsWith(start))
                .map(row -> row.codes().getFirst() + " " + row.text().substring(start.length()).replaceFirst("(:| \\().*", ""))
                .toList();
    }
}

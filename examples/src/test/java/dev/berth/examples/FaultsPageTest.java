package dev.berth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** docs/faults.md has every row, and every test that it names exists. */
final class FaultsPageTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]\\d+) \\| (.*) \\| (.*) \\| (.*) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern GUARD = Pattern.compile("\\[([\\w-]+)]\\(\\.\\./acceptance/mutants/([\\w-]+)\\.patch\\)");
    private static final Pattern FIGURE = Pattern.compile("^\\| (P\\d+) \\| [^|]* \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern VERDICT = Pattern.compile("\\[(.*)]\\(\\.\\./(acceptance/results/[\\w-]+\\.md)\\)");
    private static final int MOST_WHY_NOTS = 5;
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(PROJECT.resolve("docs/faults.md"))).results().toList();
    }

    @Test
    void everyRowIsThereOnceAndInOrder() throws IOException {
        List<String> ids = Stream.of(numbered("A", 17), numbered("B", 12), numbered("E", 19), Stream.of("G7", "G11")).flatMap(Function.identity()).toList();

        assertThat(rows()).extracting(row -> row.group(1)).isEqualTo(ids);
    }

    private static Stream<String> numbered(String section, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> section + number);
    }

    @Test
    void aRowNamesTestsOrSaysThatThereIsNone() throws IOException {
        assertThat(rows()).allSatisfy(row -> assertThat(row.group(3)).matches(".*`\\w+Test\\.\\w+`.*|(not yet|waits for|none needed).*"));
    }

    @Test
    void aRowWithoutATestClaimsNoResult() throws IOException {
        assertThat(rows()).filteredOn(row -> !TEST.matcher(row.group(3)).find())
                .allSatisfy(row -> assertThat(row.group(5)).isIn("not run", "-"));
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = testSources();
        assertThat(rows()).allSatisfy(row -> TEST.matcher(row.group(3)).results().forEach(test ->
                assertThat(sources.getOrDefault(test.group(1), "")).as(row.group(1) + " " + test.group()).contains("void " + test.group(2) + "(")));
    }

    @Test
    void aRowWithATestNamesTheGuardsItFailsWithout() throws IOException {
        assertThat(rows()).allSatisfy(row ->
                assertThat(GUARD.matcher(row.group(4)).find()).as(row.group(1)).isEqualTo(TEST.matcher(row.group(3)).find()));
    }

    @Test
    void everyGuardThatCanBeRemovedIsNamedInItsRow() throws IOException {
        List<String> named = rows().stream()
                .flatMap(row -> GUARD.matcher(row.group(4)).results()
                        .filter(guard -> guard.group(2).equals(row.group(1) + "-" + guard.group(1)))
                        .map(guard -> guard.group(2) + ".patch"))
                .toList();

        try (Stream<Path> patches = Files.list(PROJECT.resolve("acceptance/mutants"))) {
            assertThat(patches.map(patch -> patch.getFileName().toString()).filter(name -> name.endsWith(".patch")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void noMoreThanFiveRowsSayWhyNot() throws IOException {
        assertThat(rows()).filteredOn(row -> row.group().contains("Why not")).hasSizeLessThanOrEqualTo(MOST_WHY_NOTS);
    }

    @Test
    void everyFigureHasTheVerdictOfItsResult() throws IOException {
        List<MatchResult> figures = FIGURE.matcher(Files.readString(PROJECT.resolve("docs/faults.md"))).results().toList();

        assertThat(figures).hasSize(13).allSatisfy(figure -> {
            var verdict = VERDICT.matcher(figure.group(2));
            if (verdict.matches()) {
                assertThat(read(PROJECT.resolve(verdict.group(2))))
                        .startsWith("# " + figure.group(1) + ", ")
                        .containsPattern("^# .*: " + verdict.group(1) + "\n");
            } else {
                assertThat(figure.group(2)).isEqualTo("not run");
            }
        });
    }

    /** The test classes of all modules, by name; of the same name together. */
    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path folder : testFolders()) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> sources.merge(file.getFileName().toString().replace(".java", ""), read(file), String::concat));
            }
        }
        return sources;
    }

    private static List<Path> testFolders() throws IOException {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("src/test/java")).filter(Files::isDirectory).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.berth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/**
 * Looks for inputs that break a promise of a framing or of a parser of text, with Jazzer in a process of its own. Not a part of
 * {@code mvn verify}: {@code .ci/fuzz SECONDS} runs it.
 */
final class Fuzzing {

    private static final int SECONDS = Integer.getInteger("berth.fuzz.seconds", 20);
    /** Few of some hundred thousand: a framing that gets less was forgotten. */
    private static final int LEAST_TRIES = 20;
    private static final int FOUND = 77;
    private static final Path WORK = Path.of("target", "fuzz").toAbsolutePath();
    private static final Pattern TRIED = Pattern.compile("tried: (\\d+) (\\S+).*");

    @Test
    void everyFramingKeepsItsPromises() throws Exception {
        Path seeds = Files.createDirectories(WORK.resolve("seeds"));
        List<String> notations = FuzzedFramings.notations();
        int n = 0;
        for (FuzzCase seed : CorpusTest.corpus().toList()) {
            Files.write(seeds.resolve("seed-" + n++), seed.input(notations));
        }

        Path log = WORK.resolve("framings.log");
        int exit = jazzer(log, FramingTarget.class, "dev.berth.framing.**", List.of(seeds.toString()));

        List<String> said = said(log);
        said.forEach(System.out::println);
        assertThat(exit).as("see %s", log).isZero();
        assertThat(said.stream().map(TRIED::matcher).filter(line -> line.matches()))
                .hasSize(notations.size() + 2)
                .allSatisfy(line -> assertThat(Long.parseLong(line.group(1))).as(line.group(2)).isGreaterThan(LEAST_TRIES));
    }

    @Test
    void everyPlantedOffByOneIsFound() throws Exception {
        Path log = WORK.resolve("planted.log");
        int planted = Planted.values().length;

        int exit = jazzer(log, FramingTarget.class, "dev.berth.framing.**:dev.berth.fuzz.Planted*",
                List.of("--target_args=" + FramingTarget.PLANTED, "--keep_going=" + planted, "-seed=1"));

        List<String> said = said(log);
        said.forEach(System.out::println);
        assertThat(exit).as("see %s", log).isEqualTo(FOUND);
        for (Planted bug : Planted.values()) {
            assertThat(said).anyMatch(line -> line.startsWith("corpus line: ") && line.endsWith(bug.notation()));
            assertThat(said).anyMatch(line -> line.startsWith("== Java") && line.contains(bug.symptom()));
        }
    }

    @Test
    void everyParserOfTextKeepsItsPromises() throws Exception {
        Path seeds = Files.createDirectories(WORK.resolve("texts"));
        int n = 0;
        for (TextCase seed : TextCorpusTest.corpus().toList()) {
            Files.write(seeds.resolve("seed-" + n++), seed.parser().input(seed.text()));
        }

        Path log = WORK.resolve("texts.log");
        int exit = jazzer(log, TextTarget.class, "dev.berth.server.Cidr:dev.berth.cli.**:dev.berth.framing.**",
                List.of(seeds.toString()));

        List<String> said = said(log);
        said.forEach(System.out::println);
        assertThat(exit).as("see %s", log).isZero();
        assertThat(said.stream().map(TRIED::matcher).filter(line -> line.matches()))
                .hasSize(TextParser.values().length + 1)
                .allSatisfy(line -> assertThat(Long.parseLong(line.group(1))).as(line.group(2)).isGreaterThan(LEAST_TRIES));
    }

    private static int jazzer(Path log, Class<?> target, String instrumented, List<String> more)
            throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer", "--target_class=" + target.getName(),
                "--instrumentation_includes=" + instrumented, "--custom_hook_includes=" + instrumented,
                "--reproducer_path=" + WORK, "-artifact_prefix=" + WORK + "/",
                "-max_total_time=" + SECONDS, "-max_len=200", "-timeout=10"));
        command.addAll(more);
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    }

    private static List<String> said(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith("tried: ") || line.startsWith("corpus line: ") || line.startsWith("text line: ")
                            || line.startsWith("== Java"))
                    .toList();
        }
    }
}

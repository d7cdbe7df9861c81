package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * What {@code berth new} writes compiles without a warning, and its tests pass. That Maven builds it as its README says is shown by
 * .ci/new-user, since it takes an installed Berth.
 */
final class NewProjectTest {
    @TempDir
    Path folder;

    private void berth(String... words) throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("berth.jar", "../cli/target/berth.jar")).toAbsolutePath();
        List<String> command = Stream.concat(Stream.of(JavaProgram.java(), "-jar", jar.toString()), Stream.of(words)).toList();
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private Path compile(Path project) throws IOException {
        Path classes = project.resolve("classes");
        List<String> options = List.of("-Xlint:all", "-Werror", "-proc:none", "-d", classes.toString(),
                "-cp", System.getProperty("java.class.path"));
        try (Stream<Path> files = Files.walk(project)) {
            Stream<String> sources = files.map(Path::toString).filter(file -> file.endsWith(".java"));
            StringWriter said = new StringWriter();
            int code = ToolProvider.findFirst("javac").orElseThrow().run(new PrintWriter(said), new PrintWriter(said),
                    Stream.concat(options.stream(), sources).toArray(String[]::new));
            assertThat(code).as(said::toString).isZero();
        }
        return classes;
    }

    @Test
    void itCompilesAndItsTestsPass() throws Exception {
        berth("new", "meter-server");

        Path classes = compile(folder.resolve("meter-server"));

        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(loader.loadClass("meterserver.ClientHandlerTest")))
                    .execute()
                    .testEvents()
                    .assertStatistics(tests -> tests.started(2).succeeded(2));
        }
    }
}

package dev.berth.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every planted bug is found. Not a part of {@code mvn verify}: {@code .ci/stress} runs it. Each has a process of its own, since
 * Lincheck looks for classes on the class path alone.
 */
final class PlantedBugs {
    /** Programs are drawn as long as there is time; the bugs that take longest need some hundred orders of one program. */
    private static final int SECONDS = Math.max(120, Integer.getInteger("berth.stress.seconds", 0));

    /** The table of steps must have a second thread: what one thread alone does wrong is no bug of this kind. */
    @ParameterizedTest
    @EnumSource
    void areFound(Planted bug) throws IOException, InterruptedException {
        Path folder = Path.of("target", "planted", bug.name()).toAbsolutePath();
        bug.write(folder);
        Path log = folder.resolve("log");

        int exit = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+EnableDynamicAgentLoading",
                "-Dberth.stress.seconds=" + SECONDS, "-cp", folder + File.pathSeparator + System.getProperty("java.class.path"),
                PlantedRun.class.getName(), bug.name())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();

        assertThat(exit).as("see %s", log).isEqualTo(PlantedRun.FOUND);
        assertThat(Files.readString(log)).contains("Thread 2").doesNotContain("ClassCastException", "LinkageError");
    }
}

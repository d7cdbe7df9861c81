package dev.berth.acceptance.longrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every promise with a figure, in its short version. */
class PromisesTest {

    static List<String> names() {
        return Promises.all().stream().map(Promise::name).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void isKeptForAMoment(String name) throws Exception {
        assumeThat(Files.isDirectory(Path.of("/proc/self/fd"))).as("descriptors are counted as Linux lists them").isTrue();
        var promise = Promises.named(name);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(promise.lacking()).isEmpty();
        }
        assumeThat(promise.lacking()).isEmpty();

        var report = Report.of(promise, new Run(true, 1), "acceptance/long-run " + name + " --quick");
        report.write(Path.of("target", "results"));

        assertThat(report.rows()).isNotEmpty().allMatch(Row::kept);
    }
}

package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs of the system that a test needs: without them it is skipped on a laptop, and fails in CI. */
final class Tools {

    private Tools() {}

    /** Goes on only if this command works here. */
    static void require(String what, String... command) {
        var answer = run(List.of(command));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(answer.status()).as("%s, which must work in CI: %s", what, answer.said()).isZero();
        }
        assumeTrue(answer.status() == 0, () -> "does not work here: " + what + ": " + answer.said());
    }

    /** Runs a command, which must succeed; returns what it said. */
    static String succeed(List<String> command) {
        var answer = run(command);
        assertThat(answer.status()).as("%s said %s", command, answer.said()).isZero();
        return answer.said();
    }

    private record Answer(int status, String said) {}

    private static Answer run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Answer(process.waitFor(), said);
        } catch (IOException e) {
            return new Answer(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}

package dev.berth.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A process that is told lines on stdin and whose lines are waited for, in time.
 *
 * <p>For one thread. Its stdout and stderr count as one. Closing it, which may be done twice, ends the process.
 */
public final class LineProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Writer stdin;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> passedOver = new ArrayList<>();

    public LineProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        stdin = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("lines-of-" + process.pid()).start(this::readLines);
    }

    /** Whether this machine has the tool. */
    public static boolean exists(String tool) throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-c", "command -v " + tool)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    public void say(String line) throws IOException {
        stdin.write(line + "\n");
        stdin.flush();
    }

    /** Waits for the next line. */
    public String hear() throws InterruptedException {
        return hear(line -> true);
    }

    /** Waits for such a line; lines before it are passed over. */
    public String hear(Predicate<String> expected) throws InterruptedException {
        for (String line; (line = lines.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)) != null; ) {
            if (expected.test(line)) {
                return line;
            }
            passedOver.add(line);
        }
        throw new AssertionError("the process was waited for in vain, but said " + passedOver);
    }

    /** What it said without being waited for so far. */
    public List<String> passedOver() {
        lines.drainTo(passedOver);
        return List.copyOf(passedOver);
    }

    public long pid() {
        return process.pid();
    }

    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private void readLines() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line; (line = out.readLine()) != null; ) {
                lines.add(line);
            }
        } catch (IOException ended) {
            // Destroyed while it was read; who still waits for a line is told by the limit.
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}

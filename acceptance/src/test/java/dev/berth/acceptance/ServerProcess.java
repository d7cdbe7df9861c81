package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own that is told on stdin what to do and answers on stdout.
 *
 * <p>For one thread. Its stderr goes to ours. Closing it, which may be done twice, ends the process.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String MAIN = "dev.berth.acceptance.program.EchoServer";

    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> reports = new ArrayList<>();
    private final int port;

    private ServerProcess(Process process) throws InterruptedException {
        this.process = process;
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("server-process-stdout").start(this::readLines);
        port = Integer.parseInt(await("listening"));
    }

    /**
     * Starts the echo server, warmed up.
     *
     * @param descriptors how many descriptors it may have; 0 leaves that as it is
     * @param warmUps how many clients it serves to warm up
     * @param options for its JVM
     */
    static ServerProcess start(int descriptors, int warmUps, List<String> options)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (descriptors > 0) {
            command.addAll(List.of("bash", "-c", "ulimit -n " + descriptors + "; exec \"$0\" \"$@\""));
        }
        command.add(JavaProgram.java());
        command.addAll(options);
        command.addAll(List.of("-cp", JavaProgram.jars(), MAIN, String.valueOf(warmUps)));
        return new ServerProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Asks the server for a number that it knows by this word. */
    long ask(String word) throws IOException, InterruptedException {
        commands.write(word + "\n");
        commands.flush();
        return Long.parseLong(await(word));
    }

    /** Waits for a line that begins with the word; returns the rest of it. Lines before it are kept as reports. */
    String await(String word) throws InterruptedException {
        String line;
        while ((line = lines.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)) != null) {
            if (line.startsWith(word + " ")) {
                return line.substring(word.length() + 1);
            }
            reports.add(line);
        }
        throw new AssertionError("the server process said no \"" + word + "\" but " + reports);
    }

    /** What it said without being waited for so far. */
    List<String> reports() {
        lines.drainTo(reports);
        return List.copyOf(reports);
    }

    Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private void readLines() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (@Nullable String line; (line = out.readLine()) != null; ) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        commands.close();
        assertThat(process.isAlive()).isFalse();
    }
}

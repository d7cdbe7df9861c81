package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code berth serve} as a process of its own, listening on a free port. Closing kills it. */
final class ServingProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader err;
    private final int port;

    ServingProcess(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, Stream.of("jdk.module.path", "java.class.path").map(System::getProperty).toList()),
                "dev.berth.cli.Main",
                "serve",
                "0"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).start();
        err = process.errorReader(StandardCharsets.UTF_8);
        String ready = err.readLine();
        if (ready == null || !ready.startsWith("berth: listening on 127.0.0.1:")) {
            process.destroyForcibly();
        }
        assertThat(ready).startsWith("berth: listening on 127.0.0.1:");
        port = Integer.parseInt(ready.replaceAll(".*127.0.0.1:(\\d+).*", "$1"));
    }

    int port() {
        return port;
    }

    /** Sends a signal, {@code INT} or {@code TERM}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Reads on until a line has this part, and returns it. */
    String awaitLine(String part) throws IOException {
        String line = err.readLine();
        while (line != null && !line.contains(part)) {
            line = err.readLine();
        }
        assertThat(line).as("the line with: " + part).isNotNull();
        return String.valueOf(line);
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package dev.berth.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A story file running as a process of its own, started as a reader would: {@code java FILE 0}. */
final class StoryProgram implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final int port;

    private StoryProgram(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts {@code story/NAME.java} on a free port, and returns when it says that it listens. */
    static StoryProgram start(String name, String... javaOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(javaOptions));
        command.add(Path.of("story", name + ".java").toString());
        command.add("0");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            return new StoryProgram(process, awaitPort(name, process.inputReader(UTF_8)));
        } catch (IOException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static int awaitPort(String name, BufferedReader output) throws IOException {
        List<String> said = new ArrayList<>();
        for (String line; (line = output.readLine()) != null; ) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return Integer.parseInt(ready.group(1));
            }
            said.add(line);
        }
        throw new AssertionError(name + " ended before it listened; it said " + said);
    }

    StoryClient connect() throws IOException {
        return StoryClient.connect(port);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}

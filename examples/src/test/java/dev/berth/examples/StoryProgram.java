package dev.berth.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program running as a process of its own, which says that it listens; a story file as a reader would start it: {@code java FILE 0}. */
final class StoryProgram implements AutoCloseable {

    private static final Pattern READY = Pattern.compile(".*listening on 127\\.0\\.0\\.1:(\\d+).*");

    private final Process process;
    private final int port;

    private StoryProgram(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts {@code story/NAME.java} on a free port, and returns when it says that it listens. */
    static StoryProgram start(String name, String... javaOptions) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(javaOptions));
        arguments.add(Path.of("story", name + ".java").toString());
        arguments.add("0");
        return java(name, arguments);
    }

    /** Starts Java with these arguments, and returns when the program says that it listens. */
    static StoryProgram java(String name, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
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

    int port() {
        return port;
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

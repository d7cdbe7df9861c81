package dev.berth.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The module's echo server, in a process of its own.
 *
 * <p>For one thread. Closing it, which may be done twice, ends the process.
 */
final class ServerProcess implements AutoCloseable {
    private static final String MAIN = "dev.berth.acceptance.program.EchoServer";

    private final LineProcess process;
    private final int port;

    private ServerProcess(LineProcess process) throws InterruptedException {
        this.process = process;
        port = Integer.parseInt(await("listening"));
    }

    /**
     * Starts the server, warmed up.
     *
     * @param descriptors how many descriptors it may have; 0 leaves that as it is
     * @param warmUps how many clients it serves to warm up
     * @param options for its JVM
     */
    static ServerProcess start(int descriptors, int warmUps, List<String> options)
            throws IOException, InterruptedException {
        var around = descriptors > 0
                ? List.of("bash", "-c", "ulimit -n " + descriptors + "; exec \"$0\" \"$@\"")
                : List.<String>of();
        return started(around, options, warmUps, List.of());
    }

    /**
     * Starts the server with settings.
     *
     * @param around a command that runs the command after it, such as one that enters a network; empty for none
     * @param settings each as name=value
     */
    static ServerProcess start(List<String> around, String... settings) throws IOException, InterruptedException {
        return started(around, List.of(), 1, List.of(settings));
    }

    private static ServerProcess started(List<String> around, List<String> options, int warmUps, List<String> settings)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(around);
        command.add(JavaProgram.java());
        command.addAll(options);
        command.addAll(List.of("-cp", JavaProgram.jars(), MAIN, String.valueOf(warmUps)));
        command.addAll(settings);
        return new ServerProcess(new LineProcess(command));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Asks the server for a number that it knows by this word. */
    long ask(String word) throws IOException, InterruptedException {
        return Long.parseLong(say(word));
    }

    /** Says a word to the server; returns its answer. */
    String say(String word) throws IOException, InterruptedException {
        process.say(word);
        return await(word);
    }

    /** Waits for a line that begins with the word; returns the rest of it. */
    String await(String word) throws InterruptedException {
        return process.hear(line -> line.startsWith(word + " ")).substring(word.length() + 1);
    }

    /** The rest of every line that begins with the word and was not waited for. */
    List<String> reports(String word) {
        return process.passedOver().stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .toList();
    }

    Duration cpuTime() {
        return process.cpuTime();
    }

    @Override
    public void close() {
        process.close();
    }
}

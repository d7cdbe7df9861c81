package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.berth.acceptance.JavaProgram;
import dev.berth.acceptance.LineProcess;

/**
 * The server that is measured, in a process of its own.
 *
 * <p>For one thread. Closing it, which may be done twice, ends the process.
 */
final class TargetProcess implements AutoCloseable {
    private static final String MAIN = "dev.berth.acceptance.program.Target";

    private final LineProcess process;
    private final int port;

    private TargetProcess(LineProcess process) throws InterruptedException {
        this.process = process;
        port = Integer.parseInt(await("listening"));
    }

    /**
     * Starts it and writes down its flags.
     *
     * @param options of its JVM
     * @param settings of the server, {@code maxConnections=10}; durations in milliseconds
     */
    static TargetProcess start(Run run, List<String> options, List<String> settings) throws IOException, InterruptedException {
        return start(run, List.of(), options, settings);
    }

    /** The same, by a command that starts what stands behind it, {@code env NAME=VALUE}. */
    static TargetProcess start(Run run, List<String> prefix, List<String> options, List<String> settings)
            throws IOException, InterruptedException {
        run.flags(options);
        var command = new ArrayList<>(prefix);
        command.add(JavaProgram.java());
        command.addAll(options);
        command.addAll(List.of("-cp", JavaProgram.jars(), MAIN));
        command.addAll(settings);
        return new TargetProcess(new LineProcess(command));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** What became of its clients; see the {@code Ledger} of the process. */
    Map<String, Long> ledger() throws IOException, InterruptedException {
        return ask("ledger");
    }

    /** Looks at everything once: what looking itself needs, files and classes, is there from then on. */
    void warmUp() throws IOException, InterruptedException {
        possessions();
        ask("objects");
    }

    /** Descriptors, threads and heap, after full collections. */
    Map<String, Long> possessions() throws IOException, InterruptedException {
        return ask("possessions");
    }

    /** Asks for numbers by name. */
    Map<String, Long> ask(String word) throws IOException, InterruptedException {
        process.say(word);
        var numbers = new TreeMap<String, Long>();
        for (var field : await(word).split(" ", -1)) {
            int equals = field.indexOf('=');
            numbers.put(field.substring(0, equals), Long.parseLong(field.substring(equals + 1)));
        }
        return numbers;
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

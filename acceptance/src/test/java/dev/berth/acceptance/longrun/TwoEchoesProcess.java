package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

import dev.berth.acceptance.JavaProgram;
import dev.berth.acceptance.LineProcess;
import dev.berth.acceptance.hostile.TwoPorts;

/**
 * The server that hostile clients meet, in a process of its own.
 *
 * <p>For one thread. Closing it, which may be done twice, ends the process.
 */
final class TwoEchoesProcess implements AutoCloseable {
    private static final String MAIN = "dev.berth.acceptance.program.TwoEchoes";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final LineProcess process;
    private final TwoPorts ports;

    private TwoEchoesProcess(LineProcess process, int maxFrame) throws InterruptedException {
        this.process = process;
        var listening = await("listening").split(" ", -1);
        ports = new TwoPorts(Integer.parseInt(listening[0]), Integer.parseInt(listening[1]), maxFrame);
    }

    /**
     * Starts it and writes down its flags.
     *
     * @param options of its JVM
     * @param maxFrame the largest frame it allows
     * @param settings of both of its listeners, {@code maxConnections=10}; durations in milliseconds
     */
    static TwoEchoesProcess start(Run run, List<String> options, int maxFrame, List<String> settings)
            throws IOException, InterruptedException {
        run.flags(options);
        var command = new ArrayList<String>();
        command.add(JavaProgram.java());
        command.addAll(options);
        command.addAll(List.of("-cp", JavaProgram.jars(), MAIN, "maxFrame=" + maxFrame));
        command.addAll(settings);
        return new TwoEchoesProcess(new LineProcess(command), maxFrame);
    }

    TwoPorts ports() {
        return ports;
    }

    /** Asks for numbers by name. */
    Map<String, Long> ask(String word) throws IOException, InterruptedException {
        process.say(word);
        return Arrays.stream(await(word).split(" ", -1))
                .filter(field -> field.contains("="))
                .map(field -> field.split("=", -1))
                .collect(Collectors.toMap(field -> field[0], field -> Long.parseLong(field[1])));
    }

    /** Waits until both listeners together serve so many clients. */
    void awaitLive(long clients, Duration limit) throws IOException, InterruptedException {
        await("live", live -> live == clients, limit);
    }

    /** Waits until the clients that are served have sent so much, together. */
    void awaitBytes(long bytes, Duration limit) throws IOException, InterruptedException {
        await("bytesIn", sent -> sent >= bytes, limit);
    }

    private void await(String name, LongPredicate expected, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (var clients = ask("clients"); !expected.test(Balance.of(clients, name)); clients = ask("clients")) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited in vain for " + name + ", but there are " + clients);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    Duration cpuTime() {
        return process.cpuTime();
    }

    private String await(String word) throws InterruptedException {
        return process.hear(line -> line.startsWith(word + " ")).substring(word.length() + 1);
    }

    @Override
    public void close() {
        process.close();
    }
}

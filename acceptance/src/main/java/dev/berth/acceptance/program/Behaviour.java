package dev.berth.acceptance.program;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.berth.connection.Connection;
import dev.berth.server.Handler;

/**
 * The handler of a {@link Target}: it echoes lines, but does what some lines say.
 *
 * <p>{@code bye} ends the client, {@code throw KIND} throws, {@code flood} sends without end, {@code compute} computes and
 * {@code pipe} reads a pipe until {@link #release}.
 */
final class Behaviour implements Handler<String> {
    /** Large, because on loopback a client that reads nothing is stuck only after some 1.8 MB. */
    private static final String LOAD = "x".repeat(15_000);

    private final Queue<Process> silent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicLong released = new AtomicLong();

    @Override
    public void handle(Connection<String> client) throws Exception {
        for (String line; (line = client.receive()) != null; ) {
            switch (line) {
                case "bye" -> {
                    return;
                }
                case "flood" -> flood(client);
                case "compute" -> compute();
                case "pipe" -> readAPipe();
                default -> {
                    if (line.startsWith("throw ")) {
                        Thrown.valueOf(line.substring("throw ".length())).now();
                    }
                    client.send(line);
                }
            }
        }
    }

    /** Ends when the client is cut. */
    private static void flood(Connection<String> client) throws IOException {
        while (true) {
            client.send(LOAD);
        }
    }

    /** No call, nothing that lets go: only the flag ends it. */
    private long compute() {
        long before = released.get();
        long x = 0;
        busy.incrementAndGet();
        while (released.get() == before) {
            x++;
        }
        busy.decrementAndGet();
        return x;
    }

    /** A pipe's read keeps its carrier: for the JDK it is a file. */
    private void readAPipe() throws IOException {
        var process = new ProcessBuilder("sleep", "120").start();
        silent.add(process);
        busy.incrementAndGet();
        process.getInputStream().read();
        busy.decrementAndGet();
    }

    /** How many handlers compute or read a pipe. */
    long busy() {
        return busy.get();
    }

    /** Lets handlers that compute or block go on; returns how often that was said. */
    long release() {
        long times = released.incrementAndGet();
        for (Process process; (process = silent.poll()) != null; ) {
            process.destroy();
        }
        return times;
    }
}

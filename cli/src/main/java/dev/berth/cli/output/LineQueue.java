package dev.berth.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints lines on a thread of its own: a pipe or terminal that nobody reads holds up no client. Lines that find no room are
 * dropped, and their number is printed instead.
 *
 * <p>Thread-safe. Closing twice is harmless.
 */
public final class LineQueue implements AutoCloseable {
    private static final int ROOM = 16_384;
    private static final int BATCH_CHARS = 32 << 10;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final BlockingQueue<String> lines;
    private final AtomicLong dropped = new AtomicLong();
    private final PrintStream target;
    private final Thread printer;

    /** Prints to this stream, which stays open. */
    public LineQueue(String name, PrintStream target) {
        this(name, target, ROOM);
    }

    LineQueue(String name, PrintStream target, int room) {
        this.target = target;
        lines = new ArrayBlockingQueue<>(room);
        printer = Thread.ofPlatform().daemon().name("berth-" + name).start(this::print);
    }

    /** Has the line printed soon, or counts it as dropped. Never waits. */
    public void add(String line) {
        if (!lines.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    /** Prints what is there, for at most a second. */
    @Override
    public void close() {
        printer.interrupt();
        try {
            printer.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print() {
        boolean open = true;
        while (open) {
            StringBuilder batch = new StringBuilder();
            try {
                batch.append(lines.take()).append(System.lineSeparator());
            } catch (InterruptedException e) {
                open = false;
            }
            do {
                fill(batch);
                // One write for many lines: each costs a call of the system.
                target.print(batch);
                batch.setLength(0);
            } while (!lines.isEmpty());
            target.flush();
        }
    }

    private void fill(StringBuilder batch) {
        for (String line; batch.length() < BATCH_CHARS && (line = lines.poll()) != null; ) {
            batch.append(line).append(System.lineSeparator());
        }
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            batch.append("berth: ").append(lost).append(" lines dropped here: they are read too slowly").append(System.lineSeparator());
        }
    }
}

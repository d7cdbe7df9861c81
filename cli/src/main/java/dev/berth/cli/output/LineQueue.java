package dev.berth.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints lines on a thread of its own: a pipe or terminal that nobody reads holds up no client, and a full disk harms none. Lines
 * that find no room, or can't be written, are dropped, and their number is printed instead once that can be.
 *
 * <p>Thread-safe. Closing twice is harmless.
 */
public final class LineQueue implements AutoCloseable {
    private static final int ROOM = 16_384;
    private static final int BATCH_CHARS = 32 << 10;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final BlockingQueue<String> lines;
    private final AtomicLong dropped = new AtomicLong();
    private final OutputStream target;
    private final Charset charset;
    private final Thread printer;

    // The printer's own.
    private int inBatch;
    private long unwritten;

    /** Prints to this stream, which stays open and should throw when it can't write: a PrintStream keeps that to itself. */
    public LineQueue(String name, OutputStream target, Charset charset) {
        this(name, target, charset, ROOM);
    }

    LineQueue(String name, OutputStream target, Charset charset, int room) {
        this.target = target;
        this.charset = charset;
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
                append(batch, lines.take());
            } catch (InterruptedException e) {
                open = false;
            }
            do {
                fill(batch);
                write(batch);
            } while (!lines.isEmpty());
        }
    }

    /** One write for many lines: each costs a call of the system. */
    private void write(StringBuilder batch) {
        // What could not be written may have ended inside of a line.
        String before = unwritten == 0 ? "" : System.lineSeparator() + note(unwritten, "they could not be written");
        try {
            target.write((before + batch).getBytes(charset));
            target.flush();
            unwritten = 0;
        } catch (IOException e) {
            unwritten += inBatch;
        } finally {
            inBatch = 0;
            batch.setLength(0);
        }
    }

    private void fill(StringBuilder batch) {
        for (String line; batch.length() < BATCH_CHARS && (line = lines.poll()) != null; ) {
            append(batch, line);
        }
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            batch.append(note(lost, "they are read too slowly"));
        }
    }

    private void append(StringBuilder batch, String line) {
        batch.append(line).append(System.lineSeparator());
        inBatch++;
    }

    private static String note(long lost, String why) {
        return "berth: " + lost + (lost == 1 ? " line" : " lines") + " dropped here: " + why + System.lineSeparator();
    }
}

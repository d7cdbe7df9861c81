package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

import dev.berth.acceptance.EchoClient;

/**
 * Ordinary clients, each of which asks at fixed times and is answered.
 *
 * <p>An answer's time counts from when the question was due, not from when it could be asked: who is held up is held up by the next
 * questions too. Each has a platform thread of its own. For one thread; closing them ends them.
 */
final class Victims implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AFTER_TROUBLE = Duration.ofMillis(100);
    private static final int DIGITS = 3;

    private final int port;
    private final Duration period;
    private final Recorder times = new Recorder(DIGITS);
    private final AtomicLong errors = new AtomicLong();
    private final ConcurrentLinkedQueue<String> firstErrors = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** Lets so many ask on this machine's port, each once in every period. */
    Victims(int count, int port, Duration period) {
        this.port = port;
        this.period = period;
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int number = i;
            // One after another, so that no two are due at once.
            long first = start + period.toNanos() * i / count;
            threads.add(Thread.ofPlatform().daemon().name("victim-" + number).start(() -> talk(number, first)));
        }
    }

    private void talk(int number, long first) {
        long due = first;
        while (!over) {
            try (var client = new EchoClient(port, PATIENCE)) {
                while (!over) {
                    due = exchange(client, "victim " + number + " asks at " + due, due);
                }
            } catch (IOException e) {
                errors.incrementAndGet();
                firstErrors.add("victim " + number + ": " + e);
                LockSupport.parkNanos(AFTER_TROUBLE.toNanos());
            }
        }
    }

    private long exchange(EchoClient client, String question, long due) throws IOException {
        for (long left; (left = due - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(left);
        }
        var answer = client.ask(question);
        if (!question.equals(answer)) {
            throw new IOException("asked " + question + ", was answered " + answer);
        }
        times.recordValue(System.nanoTime() - due);
        return due + period.toNanos();
    }

    /** Nanoseconds to each answer since the last call. */
    Histogram times() {
        return times.getIntervalHistogram();
    }

    /** What went wrong so far: a wrong answer, an end, a connect in vain. */
    long errors() {
        return errors.get();
    }

    /** The same in words. */
    List<String> troubles() {
        return List.copyOf(firstErrors);
    }

    @Override
    public void close() {
        over = true;
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

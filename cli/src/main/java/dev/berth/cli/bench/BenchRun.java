package dev.berth.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

import dev.berth.cli.talking.Trouble;

/** A run: starts the connections, looks after them until the last answer, and adds up what they measured. */
public final class BenchRun {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int TICKS_BETWEEN_REPORTS = 10;
    /** How long connections that were ended have to come out; none should need it. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final Load load;
    private final StartLine startLine;
    private final List<Caller> callers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean endedEarly;

    /**
     * A run that has not begun.
     *
     * @throws IllegalArgumentException where the framing can't hold the messages
     */
    public BenchRun(Load load) {
        this.load = load;
        Messages messages = new Messages(load);
        startLine = new StartLine(load.traffic().connections(), load.timing().timeout());
        for (int number = 0; number < load.traffic().connections(); number++) {
            callers.add(new Caller(load, messages, startLine, number));
        }
    }

    /**
     * Measures. Everything in it is bounded: connecting and each answer by the timeout, the rest by the times of the load.
     *
     * @throws Trouble if no connection came about
     * @throws InterruptedException if it was interrupted before it began
     */
    public Result measure(Stop stop, Progress progress) throws Trouble, InterruptedException {
        ThreadFactory threadFactory = CallerThreads.of(callers.size());
        for (Caller caller : callers) {
            Thread thread = threadFactory.newThread(caller);
            threads.add(thread);
            thread.start();
        }
        try {
            while (!startLine.isComplete() && !endedEarly) {
                endedEarly = stop.await(TICK);
            }
        } catch (InterruptedException e) {
            startLine.cancel();
            throw e;
        }
        requireAnyConnected();
        Window window = new Window(System.nanoTime(), load.timing());
        if (endedEarly) {
            window.end(window.start());
        }
        startLine.go(window);
        boolean interrupted = !attended(window, stop, progress);
        if (interrupted) {
            cancel(window);
        }
        if (callers.stream().anyMatch(caller -> caller.failure().isPresent())) {
            // Where all have failed, the time after that was no part of the measurement.
            window.end(System.nanoTime());
        }
        Result result = result(window);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    private void requireAnyConnected() throws Trouble {
        if (startLine.isComplete() && callers.stream().allMatch(caller -> caller.failure().isPresent())) {
            throw new Trouble(callers.getFirst().failure().orElseThrow().text());
        }
    }

    /** Looks after the connections until all have ended; false if interrupted. */
    private boolean attended(Window window, Stop stop, Progress progress) {
        try {
            for (int tick = 0; threads.stream().anyMatch(Thread::isAlive); tick++) {
                if (endedEarly) {
                    TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
                } else if (stop.await(TICK)) {
                    endedEarly = true;
                    window.end(System.nanoTime());
                    callers.forEach(Caller::hurry);
                }
                long now = System.nanoTime();
                callers.forEach(caller -> caller.watch(now));
                if (tick % TICKS_BETWEEN_REPORTS == 0) {
                    long answers = callers.stream().mapToLong(caller -> caller.tally().answered()).sum();
                    progress.at(Duration.ofNanos(now - window.start()), answers);
                }
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void cancel(Window window) {
        endedEarly = true;
        window.end(System.nanoTime());
        callers.forEach(Caller::cancel);
        callers.forEach(Caller::hurry);
        long deadline = System.nanoTime() + LAST_WAIT.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException impatient) {
            // Somebody presses Ctrl-C again and again: what is there is reported at once, and the flag is set by our caller.
        }
    }

    private Result result(Window window) {
        Histogram all = Tally.histogram();
        List<Failure> failures = new ArrayList<>();
        long lastAnswerAt = window.until();
        for (Caller caller : callers) {
            Tally tally = caller.tally();
            all.add(tally.latencies());
            caller.failure().ifPresent(failures::add);
            if (tally.latencies().getTotalCount() > 0 && tally.receivedAt() - lastAnswerAt > 0) {
                lastAnswerAt = tally.receivedAt();
            }
        }
        return new Result(load, all, window.measured(lastAnswerAt), failures, endedEarly);
    }
}

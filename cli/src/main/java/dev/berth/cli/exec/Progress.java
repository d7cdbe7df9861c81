package dev.berth.cli.exec;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How far a client and its program have come. The threads at the pipes note it, and the client's own thread waits for what is next.
 *
 * <p>Thread-safe: one lock, held for bookkeeping only.
 */
final class Progress {
    /** How long a program that was asked something may be silent until that is worth a hint. */
    static final Duration SILENCE = Duration.ofSeconds(5);
    /** How long output may be missing after the program's end: something that it left behind holds the pipe open. */
    static final Duration LEFT_BEHIND = Duration.ofSeconds(2);

    /** What the client's own thread waits for. */
    enum Turn {
        /** The program has ended, and its output is with the kernel. */
        FINISHED,
        /** The client is gone: nobody is left to write to. */
        GONE,
        /** The client has ended its stream, and the program goes on without a word for too long. */
        LINGERED,
        /** The program got input and wrote nothing for a while; told once. */
        SILENT
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Duration linger;
    private final LongSupplier nanoTime;

    // Guarded by lock.
    private boolean asked;
    private boolean answered;
    private boolean silenceTold;
    private boolean writing;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean errorsEnded;
    private boolean exited;
    private boolean gone;
    private long askedAt;
    private long quietSince;

    /** With the longest silence allowed after the client's end. */
    Progress(Duration linger, LongSupplier nanoTime) {
        this.linger = linger;
        this.nanoTime = nanoTime;
        quietSince = nanoTime.getAsLong();
    }

    /** The program was given input. */
    void asked() {
        note(() -> {
            if (!asked) {
                asked = true;
                askedAt = nanoTime.getAsLong();
            }
        });
    }

    /** Output is on its way to the client, which may take its time. */
    void writing() {
        note(() -> {
            writing = true;
            answered = true;
        });
    }

    /** The output is with the kernel. */
    void written() {
        note(() -> {
            writing = false;
            quietSince = nanoTime.getAsLong();
        });
    }

    /** The client's stream has ended, or cannot be read any more. */
    void inputEnded() {
        note(() -> {
            inputEnded = true;
            quietSince = nanoTime.getAsLong();
        });
    }

    /** The program's output has ended and is with the kernel, or cannot be delivered. */
    void outputEnded() {
        note(() -> outputEnded = true);
    }

    /** The program's error output has ended. */
    void errorsEnded() {
        note(() -> errorsEnded = true);
    }

    /** The program has ended. */
    void exited() {
        note(() -> {
            exited = true;
            quietSince = nanoTime.getAsLong();
        });
    }

    /** The client is gone. */
    void gone() {
        note(() -> gone = true);
    }

    /** Waits for the next thing to do. */
    Turn await() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (exited && outputEnded && errorsEnded) {
                    return Turn.FINISHED;
                }
                if (gone) {
                    return Turn.GONE;
                }
                long now = nanoTime.getAsLong();
                long quiet = writing ? Long.MAX_VALUE : left(now, quietSince, exited ? LEFT_BEHIND : linger);
                if ((exited || inputEnded) && quiet <= 0) {
                    return exited ? Turn.FINISHED : Turn.LINGERED;
                }
                long silence = isSilent() ? left(now, askedAt, SILENCE) : Long.MAX_VALUE;
                if (silence <= 0) {
                    silenceTold = true;
                    return Turn.SILENT;
                }
                var _ = changed.awaitNanos(Math.min(silence, exited || inputEnded ? quiet : Long.MAX_VALUE));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the client's stream has ended, for at most so long. */
    void awaitInputEnd(Duration limit) throws InterruptedException {
        awaitUntil(limit, () -> inputEnded || gone);
    }

    /** Waits until the program has ended, for at most so long; returns whether it has. */
    boolean awaitExit(Duration limit) throws InterruptedException {
        return awaitUntil(limit, () -> exited);
    }

    private interface Question {
        boolean isSo();
    }

    private boolean awaitUntil(Duration limit, Question question) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!question.isSo() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return question.isSo();
        } finally {
            lock.unlock();
        }
    }

    private boolean isSilent() {
        return asked && !answered && !silenceTold && !inputEnded && !exited;
    }

    private static long left(long now, long since, Duration limit) {
        return limit.toNanos() - (now - since);
    }

    private void note(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

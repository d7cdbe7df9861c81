package dev.berth.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Connection;

/**
 * Sending and receiving on two threads: for a rate, where messages are due whether or not answers come, and for more bytes under
 * way than {@link Alternating} may have.
 *
 * <p>The thread that runs it sends. A message's time is written before {@link Tally#sent} says that it was sent, and read by the
 * receiving thread after; its place is free again once the receiving thread has released it.
 */
final class Streaming implements Exchange {
    private final Talk talk;
    private final int depth;
    private final Window window;
    private final @Nullable Pacing pacing;
    private final Duration timeout;
    private final Semaphore free;
    private final Thread sender = Thread.currentThread();
    private volatile boolean done;
    private volatile boolean over;
    private volatile @Nullable IOException failure;

    /** An exchange that the calling thread will run, with this pacing or without any. */
    Streaming(Talk talk, int depth, Window window, @Nullable Pacing pacing, Duration timeout) {
        this.talk = talk;
        this.depth = depth;
        this.window = window;
        this.pacing = pacing;
        this.timeout = timeout;
        free = new Semaphore(depth);
    }

    @Override
    public void run() throws IOException, InterruptedException {
        Connection<byte[]> connection = talk.connection();
        Thread receiver = CallerThreads.like(sender).newThread(this::receive);
        receiver.start();
        long unsent = 0;
        try {
            unsent = send();
            connection.flush();
            // Every place is free again: every answer is there, or the receiving thread has given up.
            free.acquire(depth);
            done = true;
            connection.close();
        } catch (IOException e) {
            connection.abort();
            // What the receiving thread saw comes first: a peer that has gone makes both of them fail.
            receiver.join();
            throw failure == null ? e : failure;
        }
        receiver.join();
        if (failure != null) {
            throw failure;
        }
        if (unsent > 0) {
            throw new RateNotReached(unsent);
        }
    }

    /** Sends until the window has ended. Returns how many messages were due and could not be sent. */
    private long send() throws IOException, InterruptedException {
        return pacing == null ? sendAll() : sendWhenDue(pacing);
    }

    private long sendAll() throws IOException, InterruptedException {
        free.acquire();
        for (long sent = 0; ; ) {
            // All the room there is, in one go.
            int count = 1 + free.drainPermits();
            long now = System.nanoTime();
            if (over || !window.isOpen(now)) {
                free.release(count);
                return 0;
            }
            talk.send(sent, count, now);
            sent += count;
            takeOne();
        }
    }

    private long sendWhenDue(Pacing times) throws IOException, InterruptedException {
        for (long number = 0; ; number++) {
            long due = times.due(number);
            awaitDue(due);
            if (over || !window.isOpen(due)) {
                return 0;
            }
            // What fell due while the server stalled is sent late; for so long at most, since a rate that is too high never ends.
            if (System.nanoTime() - window.until() > timeout.toNanos()) {
                return times.dueBefore(window.until(), number);
            }
            takeOne();
            talk.send(number, 1, due);
        }
    }

    private void takeOne() throws IOException, InterruptedException {
        if (!free.tryAcquire()) {
            talk.connection().flush();
            free.acquire();
        }
    }

    private void awaitDue(long due) throws IOException {
        if (due - System.nanoTime() > 0) {
            talk.connection().flush();
        }
        for (long wait; !over && window.isOpen(due) && (wait = due - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(this, wait);
        }
    }

    private void receive() {
        try {
            for (long answered = 0; !done; ) {
                long whole = talk.receive(answered, window);
                free.release((int) (whole - answered));
                answered = whole;
            }
        } catch (IOException e) {
            // Once all answers are there the sender closes the connection, which is no failure.
            if (!done) {
                failure = e;
            }
        } finally {
            over = true;
            free.release(depth);
            LockSupport.unpark(sender);
        }
    }

    @Override
    public void hurry() {
        LockSupport.unpark(sender);
    }
}

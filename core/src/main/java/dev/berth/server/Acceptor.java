package dev.berth.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.berth.transport.CloseReason;
import dev.berth.transport.Link;
import dev.berth.transport.Listener;

/**
 * The thread behind the main socket: accepts clients one by one, draws each one's ticket, starts its task, loops.
 *
 * <p>It never waits for a place and never reads or writes. Errors are sorted by whose fault they are: a peer's is the
 * transport's affair and does not come here; closed on purpose ends the loop; anything else, such as no descriptors left,
 * is retried after a pause of 10 ms doubling to 1 s, and told at most once in 10 s.
 */
final class Acceptor<T> implements Runnable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final long REPORT_NANOS = Duration.ofSeconds(10).toNanos();
    /** Refused clients that hear a last word at once; past it they are closed without one. */
    private static final int MAX_LAST_WORDS = 256;

    private final Listener listener;
    private final Serving<T> serving;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Semaphore lastWords = new Semaphore(MAX_LAST_WORDS);
    private final AtomicLong errors = new AtomicLong();

    // The acceptor's thread only.
    private long lastId;
    private Duration pause = FIRST_PAUSE;
    private long nextReport = System.nanoTime();
    private long reportedErrors;

    Acceptor(Listener listener, Serving<T> serving) {
        this.listener = listener;
        this.serving = serving;
    }

    @Override
    public void run() {
        while (!isStopped()) {
            // An observer may have left one here: no wait for the next client would wait.
            Thread.interrupted();
            try {
                acceptNext();
            } catch (Throwable e) {
                // No memory even to tell of it: whatever happens, this thread goes on.
                LockSupport.parkNanos(this, FIRST_PAUSE.toNanos());
            }
        }
    }

    private void acceptNext() {
        try {
            admit(listener.accept());
            pause = FIRST_PAUSE;
        } catch (IOException e) {
            failed(e);
        } catch (Throwable e) {
            // No memory for a thread, or the like: this client is lost, the next must not be.
            failed(new IOException("could not serve an accepted client", e));
        }
    }

    /** Ends the loop; harmless if it has ended. */
    void stop() {
        stopped.countDown();
        listener.close();
    }

    long errors() {
        return errors.get();
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void admit(Link link) {
        Ticket ticket;
        try {
            ticket = serving.admission().offer(link.remoteAddress().getAddress());
        } catch (Throwable e) {
            // It has no ticket, and counts for nobody.
            link.close();
            throw e;
        }
        try {
            start(link, ticket);
        } catch (Throwable e) {
            giveUp(link, ticket);
            throw e;
        }
    }

    private void start(Link link, Ticket ticket) {
        var task = new ConnectionTask<>(++lastId, link, ticket, serving);
        var refusal = ticket.position() == 0 ? ticket.refusal() : null;
        if (refusal != null) {
            refuse(task, link, refusal);
            return;
        }
        // Settled if a place came free meanwhile: then nobody has to go.
        if (ticket.position() > 0 && !ticket.isSettled() && serving.settings().whenFull() == WhenFull.REPLACE) {
            serving.clients().oldestServed().ifPresent(oldest -> oldest.cut(CloseReason.REPLACED));
        }
        serving.clients().add(task);
        if (serving.admission().isShut()) {
            // The server is gone without this thread, which was held up: nobody else would end this client.
            task.abort(CloseReason.SERVER_CLOSED);
        }
        try {
            task.started(serving.settings().transport().start(link, task.threadName(), task));
        } catch (Throwable e) {
            serving.clients().remove(task);
            throw e;
        }
    }

    /** A last word may take a second to be heard, so it is said on another thread. */
    private void refuse(ConnectionTask<T> task, Link link, RefuseReason reason) {
        serving.events().refused(task.id(), task.peer(), reason);
        if (serving.settings().busyNotice() == null || isUnwelcome(reason) || !lastWords.tryAcquire()) {
            link.abort(CloseReason.COMPLETED);
            link.close();
            return;
        }
        try {
            serving.settings().transport().start(link, task.threadName() + " refused", () -> {
                try {
                    task.lastWord(reason);
                } finally {
                    lastWords.release();
                }
            });
        } catch (Throwable e) {
            lastWords.release();
            throw e;
        }
    }

    /** Nobody explains to a denied address; the words are for those who may come again. */
    private static boolean isUnwelcome(RefuseReason reason) {
        return reason == RefuseReason.DENIED || reason == RefuseReason.NOT_ALLOWED;
    }

    /** The task will not run: its place, or its turn, and its socket are given back here. */
    private void giveUp(Link link, Ticket ticket) {
        if (!serving.admission().leave(ticket, RefuseReason.FAILED) && ticket.refusal() == null) {
            serving.admission().release(ticket, CloseReason.IO_ERROR);
        }
        link.close();
    }

    private void failed(IOException error) {
        if (isStopped()) {
            return;
        }
        long count = errors.incrementAndGet();
        long now = System.nanoTime();
        if (now - nextReport >= 0) {
            nextReport = now + REPORT_NANOS;
            serving.events().acceptFailed(error, count - reportedErrors, pause);
            reportedErrors = count;
        }
        try {
            if (stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            // Nobody but the server knows this thread, and it stops it with stop().
        }
        var doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}

package dev.berth.cli.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Where the connections of a run wait until each is there or has failed. Thread-safe. */
final class StartLine {
    /** More at once would only fill the server's backlog, where a lost one tries again a second later. */
    private static final int CONNECTING_AT_ONCE = 64;

    private final Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);
    private final CountDownLatch coming;
    private final CompletableFuture<Optional<Window>> window = new CompletableFuture<>();
    private final long deadline;

    StartLine(int connections, Duration connectTimeout) {
        coming = new CountDownLatch(connections);
        deadline = System.nanoTime() + connectTimeout.toNanos();
    }

    /** Waits for the right to connect, to be given back with {@link #connected}. Returns how long connecting may take. */
    Duration turn() throws InterruptedException {
        connecting.acquire();
        return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), deadline - System.nanoTime()));
    }

    /** Gives the turn back, whatever came of it. */
    void connected() {
        connecting.release();
        coming.countDown();
    }

    /** Whether nobody is still connecting. */
    boolean isComplete() {
        return coming.getCount() == 0;
    }

    /** Lets all of them go. */
    void go(Window shared) {
        window.complete(Optional.of(shared));
    }

    /** Sends all of them home. */
    void cancel() {
        window.complete(Optional.empty());
    }

    /** Waits for the others; nothing where there will be no run. */
    Optional<Window> await() {
        return window.join();
    }
}

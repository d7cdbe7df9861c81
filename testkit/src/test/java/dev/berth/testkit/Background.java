package dev.berth.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Work on a virtual thread of its own. Each wait lasts for at most 20 s. */
record Background<V extends @Nullable Object>(FutureTask<V> task, Thread thread) {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static <V extends @Nullable Object> Background<V> start(Callable<V> work) {
        var task = new FutureTask<V>(work);
        return new Background<>(task, Thread.ofVirtual().start(task));
    }

    /** Waits until the work waits. */
    Background<V> awaitWaiting() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(LIMIT)
                .until(() -> thread.getState() == Thread.State.WAITING);
        return this;
    }

    void interrupt() {
        thread.interrupt();
    }

    /** What the work returned, or throws what it threw. */
    V result() throws Exception {
        try {
            return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            throw e;
        }
    }
}

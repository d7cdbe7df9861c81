package dev.berth.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Looks every millisecond after outputs that hold bytes: the platform thread that keeps the promise that no reply waits
 * for later slow work, and that cuts readers that do not read.
 *
 * <p>Thread-safe. The thread exists while there is something to look after, and one second more.
 */
final class Sweeper implements Consumer<Output> {
    private static final long TICK_NANOS = 1_000_000;
    /** Ticks on for so long after the last work, so that a busy output does not wake the thread for each reply. */
    private static final long LINGER_NANOS = 50_000_000;
    private static final long EXIT_NANOS = 1_000_000_000;
    /** What comes so much too late comes after a pause of the whole process. */
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Queue<Output> added = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private volatile boolean asleep;

    /** Looks after the output until it says that there is nothing to look after. */
    @Override
    public void accept(Output output) {
        added.add(output);
        if (thread.get() == null) {
            start();
        } else if (asleep) {
            LockSupport.unpark(thread.get());
        }
    }

    private static boolean goesOn(Output output, long now) {
        try {
            return output.sweep(now);
        } catch (RuntimeException | Error e) {
            // No memory for a writer, or the like: this one is looked after at the next tick, and the others at this one.
            return true;
        }
    }

    private void start() {
        var started = Thread.ofPlatform().daemon().name("berth-sweeper").unstarted(this::run);
        if (thread.compareAndSet(null, started)) {
            try {
                started.start();
            } catch (RuntimeException | Error e) {
                // No memory for it: the next one to ask tries again.
                thread.set(null);
                throw e;
            }
        }
    }

    private void run() {
        List<Output> outputs = new ArrayList<>();
        long lastWork = System.nanoTime();
        long last = lastWork;
        boolean wasLate = false;
        while (true) {
            long now = System.nanoTime();
            long between = now - last;
            last = now;
            // Never two in a row: on a machine that has no processor for this thread every look is late, and nobody would ever be cut.
            wasLate = !wasLate && between > PAUSE_NANOS;
            try {
                if (wasLate) {
                    outputs.forEach(output -> output.excuse(between));
                }
                for (Output output; (output = added.peek()) != null; ) {
                    outputs.add(output);
                    added.remove();
                }
                outputs.removeIf(output -> !goesOn(output, now));
            } catch (OutOfMemoryError e) {
                // Nothing is forgotten: all are looked after at the next tick.
            }
            if (!outputs.isEmpty() || !added.isEmpty()) {
                lastWork = now;
            }
            long idle = now - lastWork;
            if (idle < LINGER_NANOS) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else if (idle < EXIT_NANOS) {
                asleep = true;
                if (added.isEmpty()) {
                    LockSupport.parkNanos(this, EXIT_NANOS - idle);
                }
                asleep = false;
            } else {
                thread.set(null);
                if (added.isEmpty() || !thread.compareAndSet(null, Thread.currentThread())) {
                    return;
                }
            }
        }
    }
}

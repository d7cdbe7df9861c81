package dev.berth.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * One accepted client's claim to a place: drawn in order of accept, settled once as admitted or refused.
 *
 * <p>Thread-safe: settled by {@link Admission} under its lock, awaited by the client's thread.
 */
final class Ticket {
    private final Source source;
    /** Position 0: it never had to wait. */
    private final int position;

    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile @Nullable RefuseReason refusal;

    Ticket(Source source, int position) {
        this.source = source;
        this.position = position;
    }

    /** Whom it counts for. */
    Source source() {
        return source;
    }

    int position() {
        return position;
    }

    boolean isSettled() {
        return settled.getCount() == 0;
    }

    /** Why it is not served; null if it has, or still may get, a place. */
    @Nullable RefuseReason refusal() {
        return refusal;
    }

    void admit() {
        settled.countDown();
    }

    void refuse(RefuseReason reason) {
        refusal = reason;
        settled.countDown();
    }

    boolean await(Duration limit) throws InterruptedException {
        return settled.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}

package dev.berth.testkit;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;

import org.jspecify.annotations.Nullable;

import dev.berth.transport.CloseReason;

/** The reading half of a memory link. Called under the lock of the two links, but for {@link #isEnded}. */
final class MemoryInput {
    private static final int DISCARD_BYTES = 4 << 10;

    private final Flow flow;
    private final Ending ending;
    private final Condition changed;
    private volatile boolean ended;
    private boolean begun;
    private long bytes;

    MemoryInput(Flow flow, Ending ending, Condition changed) {
        this.flow = flow;
        this.ending = ending;
        this.changed = changed;
    }

    /** Reads some bytes; null waits without limit. Returns -1 at the end. */
    int read(ByteBuffer target, @Nullable Duration timeout) throws IOException {
        begun = true;
        if (ended) {
            return -1;
        }
        int n = take(target, timeout, false);
        bytes += Math.max(n, 0);
        return n;
    }

    /** Reads and drops, also past the end that we wished for. */
    void discard(Duration limit, int maxBytes) throws IOException {
        begun = true;
        var rest = ByteBuffer.allocate(DISCARD_BYTES);
        long deadline = System.nanoTime() + limit.toNanos();
        for (long total = 0; total < maxBytes; total += rest.position()) {
            var left = Duration.ofNanos(deadline - System.nanoTime());
            if (!left.isPositive() || take(rest.clear(), left, true) < 0) {
                return;
            }
        }
    }

    /** Waits until the peer has left, is known to stay, or nobody needs to know; returns whether it has left. */
    boolean hasLeft(int maxBytes) {
        while (!begun && !ending.isAborted() && flow.available() < maxBytes) {
            if (flow.isReset() || flow.isEnded()) {
                return flow.isReset() || !flow.hasBegun();
            }
            changed.awaitUninterruptibly();
        }
        return false;
    }

    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    long bytes() {
        return bytes;
    }

    private int take(ByteBuffer target, @Nullable Duration timeout, boolean pastOurEnd) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            // A blocking channel does not begin to read on an interrupted thread, whatever there is to read.
            throw ending.interrupted(null);
        }
        long left = timeout == null ? 0 : timeout.toNanos();
        while (true) {
            if (ending.isAborted()) {
                throw ending.closed(null);
            }
            if (flow.available() > 0) {
                int n = flow.take(target);
                changed.signalAll();
                return n;
            }
            if (flow.isEnded() || (ended && !pastOurEnd)) {
                return -1;
            }
            if (flow.isReset()) {
                throw ending.failed(new SocketException("Connection reset"), CloseReason.PEER_RESET);
            }
            if (timeout != null && left <= 0) {
                throw new SocketTimeoutException("nothing received within " + timeout);
            }
            try {
                if (timeout == null) {
                    changed.await();
                } else {
                    left = changed.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                throw ending.interrupted(e);
            }
        }
    }
}

package dev.berth.testkit;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;

import org.jspecify.annotations.Nullable;

import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;
import dev.berth.transport.Link;
import dev.berth.transport.OutputLimits;
import dev.berth.transport.Overflow;

/**
 * The writing half of a memory link: bounded, with back-pressure for its owner; the limits say what others get.
 *
 * <p>Nothing is collected: what the wire has room for is sent at once. Called under the lock of the two links.
 */
final class MemoryOutput {
    private final Flow flow;
    private final Ending ending;
    private final Condition changed;
    private final OutputLimits limits;
    private @Nullable Thread owner;
    private @Nullable ConnectionClosedException failure;
    private boolean ended;
    private int hardBytes;

    MemoryOutput(Flow flow, Ending ending, Condition changed, OutputLimits limits) {
        this.flow = flow;
        this.ending = ending;
        this.changed = changed;
        this.limits = limits;
        hardBytes = limits.hardBytes();
    }

    void owner(Thread thread) {
        owner = thread;
    }

    void bound(int bytes) {
        hardBytes = bytes;
    }

    /** Makes the caller the owner if nobody is: a handler that is called directly is its client's thread. */
    void claim() {
        if (owner == null) {
            owner = Thread.currentThread();
        }
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        claim();
        boolean own = Thread.currentThread() == owner;
        boolean waits = own || limits.overflow() == Overflow.WAIT;
        while (waits && isTooMuch(length, own ? hardBytes : limits.softBytes())) {
            awaitSent(flow.accepted());
        }
        ensureOpen();
        if (!waits && isTooMuch(length, hardBytes)) {
            ending.abort(CloseReason.SLOW_READER);
            throw ending.closed(null);
        }
        flow.append(Arrays.copyOfRange(bytes, from, from + length));
        if (flow.isCut()) {
            // As on the network: this write was accepted, the next operation is told.
            failure = lost();
        }
        changed.signalAll();
        if (own && flow.unsent() >= Link.BATCH_BYTES) {
            awaitSent(flow.accepted());
        }
    }

    void flush() throws IOException {
        awaitSent(flow.accepted());
    }

    /** Sees to it that the owner's bytes are sent; what others sent leaves by itself. */
    void push() throws IOException {
        if (Thread.currentThread() == owner) {
            awaitSent(flow.accepted());
        } else if (failure != null) {
            throw failure;
        }
    }

    void end(Duration limit) throws IOException {
        if (ending.isAborted()) {
            return;
        }
        ended = true;
        long left = limit.toNanos();
        try {
            while (flow.unsent() > 0 && !flow.isCut() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw ending.interrupted(e);
        }
        if (flow.unsent() > 0 && !flow.isCut()) {
            ending.abort(CloseReason.SLOW_READER);
        } else if (!ending.isAborted()) {
            flow.end();
            changed.signalAll();
        }
    }

    private void awaitSent(long target) throws IOException {
        while (flow.sent() < target) {
            if (failure != null) {
                throw failure;
            }
            if (ending.isAborted()) {
                throw ending.closed(null);
            }
            if (flow.isCut()) {
                failure = lost();
                throw failure;
            }
            try {
                changed.await();
            } catch (InterruptedException e) {
                throw ending.interrupted(e);
            }
        }
    }

    private boolean isTooMuch(int length, int bound) {
        return flow.unsent() > 0 && flow.unsent() + (long) length > bound;
    }

    private void ensureOpen() throws ConnectionClosedException {
        if (failure != null) {
            throw failure;
        }
        if (ended || ending.isAborted()) {
            throw ending.closed(null);
        }
    }

    private ConnectionClosedException lost() {
        return ending.failed(new SocketException("Connection reset"), CloseReason.PEER_RESET);
    }
}

package dev.berth.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One connection's bounded output: what was accepted and is not yet with the kernel.
 *
 * <p>Thread-safe. The lock guards the bookkeeping only. One thread writes at a time, outside the lock: the owner itself,
 * or a writer that exists only while there is something to write. The JDK's blocking channel cannot say whether a write
 * would block, so here other threads never write themselves (docs/decisions/0001).
 */
final class Output {
    /** A heap buffer is copied to a native one that the JDK keeps per carrier: this bounds it. */
    private static final int CHUNK_BYTES = 64 << 10;

    private static final long SWEEP_NANOS = 1_000_000;
    private static final long SLOW_LOOK_NANOS = 100_000_000;

    private final SocketChannel channel;
    private final Ending ending;
    private final OutputLimits limits;
    private final Consumer<Output> sweeper;
    private final Executor writers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable Thread owner;

    // Guarded by lock.
    private final Unsent unsent;
    private @Nullable ConnectionClosedException failure;
    private boolean busy;
    private boolean writerStarted;
    private boolean swept;
    private boolean ended;
    private int hardBytes;

    /** When the sweeper need not look before: rarely while a write is under way, at once when bytes begin to collect. */
    private volatile long nextLook;

    private volatile long bytesOut;

    /** Writes to the channel; the executor runs a writer on a thread that may be blocked, and returns at once. */
    Output(SocketChannel channel, Ending ending, OutputLimits limits, Consumer<Output> sweeper, Executor writers) {
        this.channel = channel;
        this.ending = ending;
        this.limits = limits;
        unsent = new Unsent(limits);
        hardBytes = limits.hardBytes();
        this.sweeper = sweeper;
        this.writers = writers;
    }

    void owner(Thread thread) {
        owner = thread;
    }

    void bound(int bytes) {
        lock.lock();
        try {
            hardBytes = bytes;
        } finally {
            lock.unlock();
        }
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        boolean own = Thread.currentThread() == owner;
        boolean overflow = false;
        boolean batchFull = false;
        lock.lock();
        try {
            if (own) {
                waitForRoom(length, hardBytes);
            } else if (limits.overflow() == Overflow.WAIT) {
                waitForRoom(length, limits.softBytes());
            }
            ensureOpen();
            overflow = limits.overflow() == Overflow.CUT && !own && unsent.bytes() > 0 && unsent.bytes() + length > hardBytes;
            if (!overflow) {
                batchFull = append(bytes, from, length) >= Link.BATCH_BYTES;
                if (!own) {
                    startWriter();
                }
            }
        } finally {
            lock.unlock();
        }
        if (overflow) {
            ending.abort(CloseReason.SLOW_READER);
            throw ending.closed(null);
        }
        if (own && batchFull) {
            flush();
        }
    }

    void flush() throws IOException {
        lock.lock();
        try {
            writeOut(unsent.accepted());
        } finally {
            lock.unlock();
        }
    }

    /** Sees to it that what was written leaves, without waiting for somebody else who is writing. */
    void push() throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
            if (unsent.hasCollected() && !busy) {
                if (Thread.currentThread() == owner) {
                    writeOut(unsent.accepted());
                } else {
                    startWriter();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets a writer flush for at most so long, then ends the stream; a peer that does not take it in time is cut. */
    void end(Duration limit) throws IOException {
        if (ending.isAborted()) {
            return;
        }
        boolean late;
        lock.lock();
        try {
            ended = true;
            startWriter();
            long left = limit.toNanos();
            while (unsent.bytes() > 0 && failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            late = unsent.bytes() > 0 && failure == null;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
        if (late) {
            ending.abort(CloseReason.SLOW_READER);
        } else if (!ending.isAborted()) {
            channel.shutdownOutput();
        }
    }

    /**
     * Looks after bytes nobody has flushed and readers that do not read; called by the sweeper's thread.
     *
     * @return whether to look again
     */
    boolean sweep(long now) {
        if (now - nextLook < 0) {
            return true;
        }
        CloseReason late = null;
        lock.lock();
        try {
            if (unsent.bytes() == 0 || failure != null) {
                swept = false;
                return false;
            }
            if (!busy && now - unsent.collectingSince() >= SWEEP_NANOS) {
                startWriter();
            }
            if (!unsent.hasCollected()) {
                nextLook = now + SLOW_LOOK_NANOS;
            }
            late = unsent.isSlow(now) ? CloseReason.SLOW_READER : unsent.isStuck(now) ? CloseReason.WRITE_TIMEOUT : null;
        } finally {
            lock.unlock();
        }
        if (late != null) {
            ending.abort(late);
        }
        return true;
    }

    long bytesOut() {
        return bytesOut;
    }

    long writes() {
        lock.lock();
        try {
            return unsent.frames();
        } finally {
            lock.unlock();
        }
    }

    long unsentWrites() {
        lock.lock();
        try {
            return unsent.frames() - unsent.framesWritten();
        } finally {
            lock.unlock();
        }
    }

    int unsentBytes() {
        lock.lock();
        try {
            return unsent.bytes();
        } finally {
            lock.unlock();
        }
    }

    /** Back-pressure: writes, or waits for whoever writes, until the next frame fits. Holds the lock at both ends. */
    private void waitForRoom(int length, int bound) throws IOException {
        while (unsent.bytes() > 0 && unsent.bytes() + length > bound) {
            writeOut(unsent.accepted());
        }
    }

    private int append(byte[] bytes, int from, int length) {
        boolean first = !unsent.hasCollected();
        int collected = unsent.append(bytes, from, length);
        if (first) {
            nextLook = unsent.collectingSince();
        }
        if (!swept) {
            // In this order: where there is no memory for the sweeper's thread, the next append asks again.
            sweeper.accept(this);
            swept = true;
        }
        return collected;
    }

    /** Writes, or waits for whoever writes, until so many bytes are with the kernel. Holds the lock at both ends. */
    private void writeOut(long target) throws IOException {
        while (unsent.written() < target) {
            if (failure != null) {
                throw failure;
            }
            if (busy) {
                try {
                    changed.await();
                } catch (InterruptedException e) {
                    throw interrupted(e);
                }
            } else {
                writeBatch();
            }
        }
        if (unsent.hasCollected() && !busy) {
            startWriter();
        }
    }

    /** Takes what is pending and writes it with the lock released. */
    private void writeBatch() throws ConnectionClosedException {
        var batch = unsent.take();
        if (batch == null) {
            return;
        }
        busy = true;
        var buffer = ByteBuffer.wrap(batch.bytes(), 0, batch.length());
        try {
            while (buffer.position() < batch.length()) {
                int n = writeChunk(buffer, batch.length());
                unsent.wrote(n, batch, buffer.position());
                bytesOut = unsent.written();
            }
        } catch (IOException e) {
            var closed = ending.failed(e, CloseReason.PEER_RESET);
            failure = closed;
            throw closed;
        } catch (RuntimeException | Error e) {
            // No direct memory for the write, or the like: without a failure every later flush would spin.
            ending.abort(CloseReason.IO_ERROR);
            failure = ending.closed(e);
            throw e;
        } finally {
            busy = false;
            changed.signalAll();
        }
    }

    private int writeChunk(ByteBuffer buffer, int end) throws IOException {
        lock.unlock();
        try {
            buffer.limit(Math.min(end, buffer.position() + CHUNK_BYTES));
            return channel.write(buffer);
        } finally {
            lock.lock();
        }
    }

    private void startWriter() {
        if (unsent.hasCollected() && !busy && !writerStarted) {
            writers.execute(this::writeUntilEmpty);
            // It needs the lock, which is held here, before it can say that it has ended.
            writerStarted = true;
        }
    }

    private void writeUntilEmpty() {
        lock.lock();
        try {
            while (unsent.hasCollected() && failure == null) {
                writeOut(unsent.accepted());
            }
        } catch (IOException failed) {
            // Noted as the link's reason; whoever uses the link next is told.
        } finally {
            writerStarted = false;
            lock.unlock();
        }
    }

    private void ensureOpen() throws ConnectionClosedException {
        if (failure != null) {
            throw failure;
        }
        if (ended || ending.isAborted()) {
            throw ending.closed(null);
        }
    }

    private ConnectionClosedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        ending.abort(CloseReason.INTERRUPTED);
        return ending.closed(e);
    }
}

package dev.berth.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
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

    /** Who sends must wait until the frame fits. */
    private static final int NO_ROOM = -1;
    /** Who sends must not wait, so the client is cut. */
    private static final int OVERFLOW = -2;

    private final SocketChannel channel;
    private final Ending ending;
    private final OutputLimits limits;
    private final Consumer<Output> sweeper;
    private final Executor writers;
    private volatile @Nullable Thread owner;

    /** A monitor, no lock of the JDK's library: decision 0024. */
    private final Object lock = new Object();

    // Guarded by lock.
    private final Unsent unsent;
    private @Nullable ConnectionClosedException failure;
    private boolean busy;
    private boolean writerStarted;
    private boolean swept;
    private boolean ended;
    /** Once it has ended, until when what is unsent may still leave. */
    private long endsBy;
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
        synchronized (lock) {
            hardBytes = bytes;
        }
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        boolean own = Thread.currentThread() == owner;
        int collected;
        while ((collected = accept(bytes, from, length, own)) == NO_ROOM) {
            // Back-pressure: writes, or waits for whoever writes, until the frame fits.
            flush();
        }
        if (collected == OVERFLOW) {
            ending.abort(CloseReason.SLOW_READER);
            throw ending.closed(null);
        }
        if (own && collected >= Link.BATCH_BYTES) {
            flush();
        }
    }

    /** Accepts a frame and returns how many bytes are collected with it; or says why not, by {@link #NO_ROOM} or {@link #OVERFLOW}. */
    private int accept(byte[] bytes, int from, int length, boolean own) throws ConnectionClosedException {
        synchronized (lock) {
            if (length == 0) {
                // A batch of no bytes would be out before it is written, and written for ever.
                ensureOpen();
                return 0;
            }
            boolean othersWait = limits.overflow() == Overflow.WAIT;
            int bound = own || !othersWait ? hardBytes : limits.softBytes();
            boolean fits = unsent.bytes() == 0 || unsent.bytes() + length <= bound;
            if (!fits && (own || othersWait)) {
                return NO_ROOM;
            }
            ensureOpen();
            if (!fits) {
                return OVERFLOW;
            }
            int collected = append(bytes, from, length);
            if (!own) {
                startWriter();
            }
            return collected;
        }
    }

    /** Writes what was accepted by now, or waits for whoever writes it, until it is with the kernel. */
    void flush() throws IOException {
        long target;
        synchronized (lock) {
            target = unsent.accepted();
        }
        while (!isOut(target)) {
            writeBatch();
        }
    }

    /**
     * Sees to it that what was written leaves, without waiting for somebody else who is writing or is about to: the owner, who wants to
     * read next, must not be held up by what others have written, for the peer may not take it before it is read.
     */
    void push() throws IOException {
        synchronized (lock) {
            if (failure != null) {
                throw failure;
            }
            if (!unsent.hasCollected() || busy) {
                return;
            }
            if (Thread.currentThread() != owner || writerStarted) {
                startWriter();
                return;
            }
        }
        flush();
    }

    /** Lets a writer flush for at most so long, then ends the stream; a peer that does not take it in time is cut. */
    void end(Duration limit) throws IOException {
        if (ending.isAborted()) {
            return;
        }
        boolean late;
        try {
            late = !isWritten(limit.toNanos());
        } catch (InterruptedException e) {
            throw ending.interrupted(e);
        }
        if (late) {
            ending.abort(CloseReason.SLOW_READER);
        } else if (!ending.isAborted()) {
            channel.shutdownOutput();
        }
    }

    /**
     * Waits for at most so long until nothing is unsent, or nothing can be sent any more; nothing is accepted from here on. The
     * sweeper, which looks after all that is unsent, tells when to look at the time: a timed wait might never end (JDK-8373120).
     */
    private boolean isWritten(long nanos) throws InterruptedException {
        synchronized (lock) {
            ended = true;
            endsBy = System.nanoTime() + nanos;
            startWriter();
            while (unsent.bytes() > 0 && failure == null && !ending.isAborted()) {
                if (System.nanoTime() - endsBy >= 0) {
                    return false;
                }
                lock.wait();
            }
            return true;
        }
    }

    /** Tells all who wait to look again, at the link's end: where a stack has ended, the call that tells may not have been made. */
    void wake() {
        synchronized (lock) {
            lock.notifyAll();
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
        CloseReason late;
        synchronized (lock) {
            if (ended) {
                lock.notifyAll();
            }
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
            late = unsent.late(now);
        }
        if (late != null) {
            ending.abort(late);
        }
        return true;
    }

    /** For so long the whole process was stopped, and nobody could take anything. */
    void excuse(long nanos) {
        synchronized (lock) {
            unsent.excuse(nanos);
            endsBy += nanos;
        }
    }

    long bytesOut() {
        return bytesOut;
    }

    long writes() {
        synchronized (lock) {
            return unsent.frames();
        }
    }

    long unsentWrites() {
        synchronized (lock) {
            return unsent.frames() - unsent.framesWritten();
        }
    }

    int unsentBytes() {
        synchronized (lock) {
            return unsent.bytes();
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

    /** Waits while somebody else writes; false when it is our turn. */
    private boolean isOut(long target) throws IOException {
        try {
            synchronized (lock) {
                while (unsent.written() < target) {
                    if (failure != null) {
                        throw failure;
                    }
                    if (!busy) {
                        return false;
                    }
                    lock.wait();
                }
                if (unsent.hasCollected() && !busy) {
                    startWriter();
                }
                return true;
            }
        } catch (InterruptedException e) {
            throw ending.interrupted(e);
        }
    }

    /** Takes what is pending, if nobody else was faster, and writes it with the lock released. */
    private void writeBatch() throws ConnectionClosedException {
        boolean ours = false;
        try {
            Batch batch;
            synchronized (lock) {
                if (busy || failure != null || !isSomethingCollected()) {
                    return;
                }
                ours = true;
                busy = true;
                batch = Objects.requireNonNull(unsent.take());
            }
            var buffer = ByteBuffer.wrap(batch.bytes(), 0, batch.length());
            while (buffer.position() < batch.length()) {
                buffer.limit(Math.min(batch.length(), buffer.position() + CHUNK_BYTES));
                int n = channel.write(buffer);
                synchronized (lock) {
                    unsent.wrote(n, batch, buffer.position());
                    bytesOut = unsent.written();
                }
            }
        } catch (IOException e) {
            var closed = ending.failed(e, CloseReason.PEER_RESET);
            fail(closed);
            throw closed;
        } catch (RuntimeException | Error e) {
            // No direct memory for the write, no stack, or the like: without a failure every later flush would spin.
            ending.abort(CloseReason.IO_ERROR);
            fail(ending.closed(e));
            throw e;
        } finally {
            if (ours) {
                synchronized (lock) {
                    busy = false;
                    lock.notifyAll();
                }
            }
        }
    }

    private boolean isSomethingCollected() {
        if (!unsent.hasCollected() && unsent.bytes() > 0) {
            // A stack ended while it was written: nobody knows how far it came.
            ending.note(CloseReason.IO_ERROR);
            failure = ending.closed(null);
        }
        return unsent.hasCollected();
    }

    private void fail(ConnectionClosedException closed) {
        synchronized (lock) {
            failure = closed;
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
        try {
            while (goesOn()) {
                flush();
            }
        } catch (IOException failed) {
            stopped();
            // Noted as the link's reason; whoever uses the link next is told.
        } catch (RuntimeException | Error e) {
            stopped();
            throw e;
        }
    }

    /** Whether there is more for the writer; if not, it has ended in the same step. */
    private boolean goesOn() {
        synchronized (lock) {
            writerStarted = unsent.hasCollected() && failure == null;
            return writerStarted;
        }
    }

    private void stopped() {
        synchronized (lock) {
            writerStarted = false;
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
}

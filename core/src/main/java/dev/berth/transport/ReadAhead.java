package dev.berth.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Reads the first bytes of a client that still waits for its place, so that its leaving is seen.
 *
 * <p>A virtual thread of its own sits in the read; when the client is served, that pending read becomes its first one.
 * Thread-safe: the watcher fills, the client's thread takes.
 */
final class ReadAhead {
    private final SocketChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by lock, but for the bytes past `filled`, which are the watcher's.
    private final byte[] bytes;
    private int filled;
    private int taken;
    private boolean stopped;
    private boolean done;
    private boolean ended;
    private @Nullable IOException failure;

    ReadAhead(SocketChannel channel, int maxBytes) {
        this.channel = channel;
        bytes = new byte[maxBytes];
    }

    void start(Runnable left) {
        Thread.ofVirtual().name("berth-read-ahead").start(() -> {
            if (watch()) {
                left.run();
            }
        });
    }

    /**
     * Takes what was read ahead, waiting for the pending read if there is nothing yet; null waits without limit.
     *
     * @return how many bytes, -1 at the end of the stream, 0 when nothing was read ahead and none is pending
     */
    int take(ByteBuffer target, @Nullable Duration timeout) throws IOException {
        lock.lock();
        try {
            stopped = true;
            long left = timeout == null ? Long.MAX_VALUE : timeout.toNanos();
            while (taken == filled && !done) {
                if (left <= 0) {
                    throw new SocketTimeoutException("nothing received within " + timeout);
                }
                left = changed.awaitNanos(left);
            }
            if (taken < filled) {
                int n = Math.min(target.remaining(), filled - taken);
                target.put(bytes, taken, n);
                taken += n;
                return n;
            }
            if (failure != null) {
                throw failure;
            }
            return ended ? -1 : 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            lock.unlock();
        }
    }

    /** Reads until full, ended or no longer needed. Returns whether the client left while it waited. */
    private boolean watch() {
        var view = ByteBuffer.wrap(bytes);
        while (view.hasRemaining()) {
            int n = -1;
            IOException error = null;
            try {
                n = channel.read(view);
            } catch (IOException e) {
                error = e;
            } catch (RuntimeException | Error e) {
                // No direct memory for the read, or the like: whoever takes must not wait for it for ever.
                error = new IOException(e);
            }
            lock.lock();
            try {
                if (n > 0) {
                    filled += n;
                } else {
                    ended = error == null;
                    failure = error;
                }
                boolean left = n < 0 && !stopped && (error != null || filled == 0);
                done = stopped || n < 0 || !view.hasRemaining();
                changed.signalAll();
                if (done) {
                    return left;
                }
            } finally {
                lock.unlock();
            }
        }
        return false;
    }
}

package dev.berth.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/** A link over a blocking JDK channel. Thread-safe as {@link Link} says. */
final class PortableLink implements Link {
    private static final int DISCARD_BYTES = 4 << 10;
    private static final Executor WRITERS = writer -> Thread.ofVirtual().name("berth-writer").start(writer);

    private final SocketChannel channel;
    private final Ending ending;
    private final Output output;
    private final InetSocketAddress remoteAddress;
    private volatile @Nullable ReadAhead ahead;
    private volatile boolean reading;
    private volatile boolean inputEnded;
    private volatile long bytesIn;

    PortableLink(SocketChannel channel, OutputLimits limits, Sweeper sweeper) throws IOException {
        this.channel = channel;
        ending = new Ending(channel);
        output = new Output(channel, ending, limits, sweeper, WRITERS);
        remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return read(target, null);
    }

    @Override
    public int read(ByteBuffer target, @Nullable Duration timeout) throws IOException {
        reading = true;
        try {
            if (inputEnded) {
                return -1;
            }
            int n = readOnce(target, timeout);
            if (n < 0 && ending.isAborted()) {
                throw ending.closed(null);
            }
            long total = bytesIn + Math.max(n, 0);
            bytesIn = total;
            return n;
        } catch (SocketTimeoutException | ConnectionClosedException e) {
            throw e;
        } catch (IOException e) {
            if (inputEnded && !ending.isAborted()) {
                return -1;
            }
            // By type, not by text: the JDK reports ECONNRESET as a SocketException, anything else plainly.
            throw ending.failed(e, e instanceof SocketException ? CloseReason.PEER_RESET : CloseReason.IO_ERROR);
        } finally {
            reading = false;
        }
    }

    private int readOnce(ByteBuffer target, @Nullable Duration timeout) throws IOException {
        var early = ahead;
        if (early != null) {
            int n = early.take(target, timeout);
            if (n != 0) {
                return n;
            }
            ahead = null;
        }
        if (timeout == null) {
            return channel.read(target);
        }
        // A blocking channel's own read knows no timeout; its socket adaptor's stream does.
        var socket = channel.socket();
        socket.setSoTimeout(Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
        int at = target.position();
        int n = socket.getInputStream().read(target.array(), target.arrayOffset() + at, target.remaining());
        target.position(at + Math.max(n, 0));
        return n;
    }

    @Override
    public int available() {
        try {
            return channel.socket().getInputStream().available();
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void discard(Duration limit, int maxBytes) throws IOException {
        var rest = ByteBuffer.allocate(DISCARD_BYTES);
        long deadline = System.nanoTime() + limit.toNanos();
        for (long total = 0; total < maxBytes; total += rest.position()) {
            var left = Duration.ofNanos(deadline - System.nanoTime());
            if (!left.isPositive() || readOnce(rest.clear(), left) < 0) {
                return;
            }
        }
    }

    @Override
    public void readAhead(int maxBytes, Runnable left) {
        var early = new ReadAhead(channel, maxBytes);
        early.start(left);
        ahead = early;
    }

    @Override
    public void endInput() {
        inputEnded = true;
        // A reader that has not begun sees the flag; only one that waits must be woken, at the price of the input.
        if (reading) {
            try {
                channel.shutdownInput();
            } catch (IOException alreadyGone) {
                // Closed or reset: the reader is coming out by itself.
            }
        }
    }

    @Override
    public boolean isInputEnded() {
        return inputEnded;
    }

    @Override
    public void owner(Thread thread) {
        output.owner(thread);
    }

    @Override
    public void boundOutput(int hardBytes) {
        output.bound(hardBytes);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        output.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public void push() throws IOException {
        output.push();
    }

    @Override
    public void shutdownOutput(Duration limit) throws IOException {
        output.end(limit);
    }

    @Override
    public CloseReason reason(CloseReason reason) {
        return ending.note(reason);
    }

    @Override
    public @Nullable CloseReason reason() {
        return ending.reason();
    }

    @Override
    public void abort(CloseReason reason) {
        ending.abort(reason);
    }

    @Override
    public boolean isAborted() {
        return ending.isAborted();
    }

    @Override
    public void close() {
        output.wake();
        var why = ending.reason();
        try {
            if (output.unsentBytes() > 0 || why == CloseReason.SLOW_READER || why == CloseReason.WRITE_TIMEOUT || why == CloseReason.ABORTED) {
                // A peer that does not read would keep our bytes in the kernel for minutes, and take the end of a stream that was cut short
                // for its whole: drop them with a reset. The reason alone does not say so, for the first one stays.
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException alreadyGone) {
            // Closed by an interrupt, or reset: nothing to linger for.
        }
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is given back even when close(2) reports an error; there is nothing left to do.
        }
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.socket().getLocalSocketAddress();
    }

    @Override
    public long bytesIn() {
        return bytesIn;
    }

    @Override
    public long bytesOut() {
        return output.bytesOut();
    }

    @Override
    public long writes() {
        return output.writes();
    }

    @Override
    public long unsentWrites() {
        return output.unsentWrites();
    }

    @Override
    public int unsentBytes() {
        return output.unsentBytes();
    }
}

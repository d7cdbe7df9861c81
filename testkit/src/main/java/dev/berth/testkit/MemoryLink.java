package dev.berth.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.berth.transport.CloseReason;
import dev.berth.transport.Link;
import dev.berth.transport.OutputLimits;

/**
 * A link to another one in memory. Thread-safe as {@link Link} says: one lock guards both ends.
 *
 * <p>Who reads or writes first is its owner unless {@link #owner} says otherwise.
 */
final class MemoryLink implements Link {
    private final ReentrantLock lock;
    private final Condition changed;
    private final Flow in;
    private final Flow out;
    private final Ending ending;
    private final MemoryInput input;
    private final MemoryOutput output;
    private final InetSocketAddress localAddress;
    private final InetSocketAddress remoteAddress;

    private MemoryLink(ReentrantLock lock, Condition changed, Flow in, Flow out, Side side) {
        this.lock = lock;
        this.changed = changed;
        this.in = in;
        this.out = out;
        ending = new Ending(out, changed);
        input = new MemoryInput(in, ending, changed);
        output = new MemoryOutput(out, ending, changed, side.limits());
        localAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), side.localPort());
        remoteAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), side.remotePort());
    }

    /** What is one side's own: ports for show, and the bound of its output. */
    private record Side(int localPort, int remotePort, OutputLimits limits) {}

    /** Two links joined: what one writes the other reads. The near one is the server's. */
    record Pair(MemoryLink near, MemoryLink far) {}

    /** Makes two joined links. The ports are for show; {@code recorded} keeps the frames that the near one writes. */
    static Pair pair(int nearPort, int farPort, boolean recorded) {
        var lock = new ReentrantLock();
        var changed = lock.newCondition();
        var there = new Flow(recorded);
        var back = new Flow(false);
        return new Pair(
                new MemoryLink(lock, changed, back, there, new Side(nearPort, farPort, OutputLimits.SERVER)),
                new MemoryLink(lock, changed, there, back, new Side(farPort, nearPort, OutputLimits.CLIENT)));
    }

    /** Sends bytes past every limit, as a script does; they are dropped if the other end is gone. */
    void put(byte[] bytes) {
        change(() -> {
            if (ending.isAborted() || out.isEnded()) {
                throw new IllegalStateException("the peer has ended already");
            }
            out.appendAtOnce(bytes);
        });
    }

    /** Ends the stream after what was put, past every limit. */
    void endNow() {
        change(out::end);
    }

    /** Says whether everything that comes is taken and dropped, instead of waiting to be read. */
    void drain(boolean drained) {
        change(() -> in.drained(drained));
    }

    /** The frames written so far, if they are kept. */
    List<byte[]> written() {
        return locked(out::frames);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return read(target, null);
    }

    @Override
    public int read(ByteBuffer target, @Nullable Duration timeout) throws IOException {
        lock.lock();
        try {
            output.claim();
            return input.read(target, timeout);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int available() {
        return locked(in::available);
    }

    @Override
    public void discard(Duration limit, int maxBytes) throws IOException {
        lock.lock();
        try {
            input.discard(limit, maxBytes);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void readAhead(int maxBytes, Runnable left) {
        Thread.ofVirtual().name("berth-read-ahead").start(() -> {
            if (locked(() -> input.hasLeft(maxBytes))) {
                left.run();
            }
        });
    }

    @Override
    public void endInput() {
        change(input::end);
    }

    @Override
    public boolean isInputEnded() {
        return input.isEnded();
    }

    @Override
    public void owner(Thread thread) {
        change(() -> output.owner(thread));
    }

    @Override
    public void boundOutput(int hardBytes) {
        change(() -> output.bound(hardBytes));
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        lock.lock();
        try {
            output.write(bytes, from, length);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            output.flush();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void push() throws IOException {
        lock.lock();
        try {
            output.push();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdownOutput(Duration limit) throws IOException {
        lock.lock();
        try {
            output.end(limit);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CloseReason reason(CloseReason reason) {
        return locked(() -> ending.note(reason));
    }

    @Override
    public @Nullable CloseReason reason() {
        return ending.reason();
    }

    @Override
    public void abort(CloseReason reason) {
        change(() -> ending.abort(reason));
    }

    @Override
    public boolean isAborted() {
        return ending.isAborted();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The peer sees what a kernel would show it: the end of the stream if that was said before, a reset if bytes are
     * left unread or the link was cut.
     */
    @Override
    public void close() {
        change(() -> {
            var why = ending.reason();
            if (why == CloseReason.SLOW_READER || why == CloseReason.ABORTED || in.available() > 0) {
                out.reset();
            }
            ending.abort(CloseReason.IO_ERROR);
            in.cut();
        });
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public long bytesIn() {
        return locked(input::bytes);
    }

    @Override
    public long bytesOut() {
        return locked(out::sent);
    }

    @Override
    public long writes() {
        return locked(out::writes);
    }

    @Override
    public long unsentWrites() {
        return locked(out::unsentWrites);
    }

    @Override
    public int unsentBytes() {
        return locked(out::unsent);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <R> R locked(Supplier<R> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}

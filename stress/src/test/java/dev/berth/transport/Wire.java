package dev.berth.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** A channel that takes a few bytes at a time, keeps them, and notices two threads that write at once. */
final class Wire extends SocketChannel {
    private static final int TAKEN_AT_ONCE = 3;

    // Lincheck lets one thread run at a time.
    private final StringBuilder taken = new StringBuilder();
    private volatile boolean writing;

    Wire() {
        super(SelectorProvider.provider());
    }

    /** The frames that were taken whole: each ends with this. */
    String taken(char end) {
        return taken.substring(0, taken.lastIndexOf(String.valueOf(end)) + 1);
    }

    @Override
    public int write(ByteBuffer source) {
        if (writing) {
            throw new AssertionError("two threads write");
        }
        writing = true;
        byte[] bytes = new byte[Math.min(TAKEN_AT_ONCE, source.remaining())];
        source.get(bytes);
        taken.append(new String(bytes, US_ASCII));
        writing = false;
        return bytes.length;
    }

    @Override
    public SocketChannel shutdownInput() {
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() {
        return this;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        throw notThere();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        throw notThere();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        throw notThere();
    }

    @Override
    public SocketChannel bind(SocketAddress local) throws IOException {
        throw notThere();
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        throw notThere();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        throw notThere();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public Socket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        throw notThere();
    }

    @Override
    public boolean finishConnect() throws IOException {
        throw notThere();
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        throw notThere();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        throw notThere();
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}

    private static IOException notThere() {
        return new IOException("not there in this test");
    }
}

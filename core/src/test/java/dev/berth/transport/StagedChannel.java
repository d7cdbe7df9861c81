package dev.berth.transport;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** A channel whose writes do what the test says and then take everything, and whose reads do so and then fail; anything else is not there. */
final class StagedChannel extends SocketChannel {
    private volatile Runnable onWrite = () -> {};
    private volatile Runnable onRead = () -> {};

    StagedChannel() {
        super(SelectorProvider.provider());
    }

    void onWrite(Runnable onWrite) {
        this.onWrite = onWrite;
    }

    void onRead(Runnable onRead) {
        this.onRead = onRead;
    }

    @Override
    public int write(ByteBuffer source) {
        onWrite.run();
        int n = source.remaining();
        source.position(source.limit());
        return n;
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
        onRead.run();
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

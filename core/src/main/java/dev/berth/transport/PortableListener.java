package dev.berth.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * A listener over a JDK server channel.
 *
 * <p>Thread-safe as {@link Listener} says. The lock is held while a client is taken, never while one is waited for, so
 * {@link #suspend} and {@link #close} know that nobody is accepted after them.
 */
final class PortableListener implements Listener {
    private static final Path KERNEL_BACKLOG = Path.of("/proc/sys/net/core/somaxconn");

    private final ServerSocketChannel server;
    private final Selector selector;
    private final SelectionKey key;
    private final InetSocketAddress address;
    private final int backlog;
    private final int sendBufferBytes;
    private final OutputLimits output;
    private final KeepAlive keepAlive;
    private final Sweeper sweeper;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean suspended;
    private boolean closed;

    private PortableListener(ServerSocketChannel server, Selector selector, ListenOptions options, Sweeper sweeper)
            throws IOException {
        this.server = server;
        this.selector = selector;
        this.sweeper = sweeper;
        sendBufferBytes = options.sendBufferBytes();
        output = options.output();
        keepAlive = options.keepAlive();
        backlog = Math.min(options.backlog(), kernelBacklog());
        server.configureBlocking(false);
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(options.address(), options.backlog());
        address = (InetSocketAddress) server.getLocalAddress();
        key = server.register(selector, SelectionKey.OP_ACCEPT);
    }

    static PortableListener bind(ListenOptions options, Sweeper sweeper) throws IOException {
        var server = ServerSocketChannel.open();
        Selector selector = null;
        try {
            selector = Selector.open();
            return new PortableListener(server, selector, options, sweeper);
        } catch (IOException | RuntimeException | Error e) {
            if (selector != null) {
                selector.close();
            }
            server.close();
            throw e;
        }
    }

    @Override
    public Link accept() throws IOException {
        while (true) {
            var channel = take();
            if (channel != null) {
                var link = link(channel);
                if (link != null) {
                    return link;
                }
            } else {
                await();
            }
        }
    }

    private void await() throws IOException {
        try {
            selector.select();
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw (ClosedChannelException) new ClosedChannelException().initCause(e);
        }
    }

    /** Takes a client if there is one and taking is allowed. */
    private @Nullable SocketChannel take() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            return suspended ? null : server.accept();
        } finally {
            lock.unlock();
        }
    }

    /** Null if the peer was gone before we could set its socket up: its own affair, the next one is waited for. */
    private @Nullable Link link(SocketChannel channel) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (sendBufferBytes < Integer.MAX_VALUE) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
            }
            keepAlive.apply(channel);
            return new PortableLink(channel, output, sweeper);
        } catch (IOException peerGone) {
            channel.close();
            return null;
        } catch (RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void suspend() {
        setSuspended(true);
    }

    @Override
    public void resume() {
        setSuspended(false);
    }

    private void setSuspended(boolean on) {
        lock.lock();
        try {
            suspended = on;
            if (!closed) {
                key.interestOps(on ? 0 : SelectionKey.OP_ACCEPT);
                selector.wakeup();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public int backlog() {
        return backlog;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            // Closing the selector deregisters the channel, so that closing the channel frees the port at once.
            selector.close();
            server.close();
        } catch (IOException e) {
            // The descriptor is given back even when close(2) reports an error; there is nothing left to do.
        } finally {
            lock.unlock();
        }
    }

    private static int kernelBacklog() {
        // One read: the kernel answers a second read of a sysctl file with its end, whatever the first one took.
        var text = new byte[32];
        try (var file = Files.newInputStream(KERNEL_BACKLOG)) {
            int n = Math.max(0, file.read(text));
            return Integer.parseInt(new String(text, 0, n, StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException notLinux) {
            return Integer.MAX_VALUE;
        }
    }
}

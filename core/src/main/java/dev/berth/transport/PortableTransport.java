package dev.berth.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Sockets on the JDK's blocking channels, clients on virtual threads of the default scheduler. Thread-safe. */
final class PortableTransport implements Transport {
    private final Sweeper sweeper = new Sweeper();

    @Override
    public Listener listen(ListenOptions options) throws IOException {
        return PortableListener.bind(options, sweeper);
    }

    @Override
    public Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException {
        var channel = SocketChannel.open();
        try {
            if (options.localAddress() != null) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(options.localAddress());
            }
            channel.socket().connect(remote, Math.clamp(options.timeout().toMillis(), 1, Integer.MAX_VALUE));
            if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
                // Loopback's ephemeral ports can meet themselves where nobody listens (RFC 9293, simultaneous open).
                throw new ConnectException("Connection refused");
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            options.keepAlive().apply(channel);
            return new PortableLink(channel, options.output(), sweeper);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Thread start(Link link, String name, Runnable task) {
        return Thread.ofVirtual().name(name).start(task);
    }
}

package dev.berth.cli.talking;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.transport.ConnectOptions;
import dev.berth.transport.Link;
import dev.berth.transport.ListenOptions;
import dev.berth.transport.Listener;
import dev.berth.transport.Transport;

/** A connection to a server whose sending half can be ended alone, as a pipe needs it when its input is at the end. */
final class Call implements AutoCloseable {
    private static final Duration LAST_BYTES = Duration.ofSeconds(10);

    private final Connection<byte[]> connection;
    private final Link link;

    private Call(Connection<byte[]> connection, Link link) {
        this.connection = connection;
        this.link = link;
    }

    static Call dial(Endpoint server, Codec<byte[]> codec, Duration timeout) throws Trouble {
        KeepingLink transport = new KeepingLink(Transport.portable());
        try {
            Connection<byte[]> connection = TcpClient.builder(codec)
                    .transport(transport)
                    .connectTimeout(timeout)
                    .connect(server.host(), server.port());
            return new Call(connection, transport.kept());
        } catch (IOException e) {
            throw Trouble.connecting(server, e);
        }
    }

    Connection<byte[]> connection() {
        return connection;
    }

    /** Says that the present thread sends: it waits where the server does not read, as a pipe's writer should. */
    void sentFromHere() {
        link.owner(Thread.currentThread());
    }

    /** Sends what is left and tells the server that nothing more will come. What it sends is still received. */
    void endSending() throws IOException {
        link.flush();
        link.shutdownOutput(LAST_BYTES);
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Remembers the link that it opened. */
    private static final class KeepingLink implements Transport {
        private final Transport real;
        private @Nullable Link link;

        KeepingLink(Transport real) {
            this.real = real;
        }

        Link kept() {
            if (link == null) {
                throw new IllegalStateException("not connected");
            }
            return link;
        }

        @Override
        public Listener listen(ListenOptions options) throws IOException {
            return real.listen(options);
        }

        @Override
        public Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException {
            Link opened = real.connect(remote, options);
            link = opened;
            return opened;
        }

        @Override
        public Thread start(Link started, String name, Runnable task) {
            return real.start(started, name, task);
        }
    }
}

package dev.berth.cli.forward;

import java.io.IOException;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.client.TcpClient;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.transport.ConnectOptions;
import dev.berth.transport.Link;
import dev.berth.transport.ListenOptions;
import dev.berth.transport.Listener;
import dev.berth.transport.Transport;

/** Connects one client's link to the server behind: name look-up, every address in turn, and clear errors are the library's. */
final class Upstream implements Transport {
    private final Transport real;
    private @Nullable Link opened;

    private Upstream(Transport real) {
        this.real = real;
    }

    /** Connects; the link belongs to the caller. */
    static Link connect(Transport real, Endpoint server) throws IOException {
        Upstream transport = new Upstream(real);
        var connection = TcpClient.builder(Codec.bytes(Framing.raw())).transport(transport).connect(server.host(), server.port());
        Link link = transport.opened;
        if (link == null) {
            connection.abort();
            throw new IOException("not connected");
        }
        return link;
    }

    @Override
    public Listener listen(ListenOptions options) throws IOException {
        return real.listen(options);
    }

    @Override
    public Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException {
        Link link = real.connect(remote, options);
        opened = link;
        return link;
    }

    @Override
    public Thread start(Link link, String name, Runnable task) {
        return real.start(link, name, task);
    }
}

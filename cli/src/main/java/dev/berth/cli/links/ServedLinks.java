package dev.berth.cli.links;

import java.io.IOException;
import java.net.InetSocketAddress;

import dev.berth.transport.ConnectOptions;
import dev.berth.transport.Link;
import dev.berth.transport.ListenOptions;
import dev.berth.transport.Listener;
import dev.berth.transport.Transport;

/**
 * A transport that tells a client's own thread which link it serves.
 *
 * <p>Thread-safe.
 */
public final class ServedLinks implements Transport {
    private static final ScopedValue<Link> SERVED = ScopedValue.newInstance();

    private final Transport real;

    /** Opens sockets and starts threads as this transport does. */
    public ServedLinks(Transport real) {
        this.real = real;
    }

    /** The link of the client whose own thread asks; only a handler of a server with this transport may. */
    static Link ofThisClient() {
        return SERVED.get();
    }

    @Override
    public Listener listen(ListenOptions options) throws IOException {
        return real.listen(options);
    }

    @Override
    public Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException {
        return real.connect(remote, options);
    }

    @Override
    public Thread start(Link link, String name, Runnable task) {
        return real.start(link, name, () -> ScopedValue.where(SERVED, link).run(task));
    }
}

package dev.berth.testkit.junit;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.berth.transport.ConnectOptions;
import dev.berth.transport.Link;
import dev.berth.transport.ListenOptions;
import dev.berth.transport.Listener;
import dev.berth.transport.Transport;

/** The portable transport, which remembers the links it has started, as long as somebody has them. Thread-safe. */
final class WatchedTransport implements Transport {
    private final Transport real = Transport.portable();
    private final Queue<WeakReference<Link>> links = new ConcurrentLinkedQueue<>();

    /** What links hold that have not ended. */
    long unsentBytes() {
        links.removeIf(link -> link.refersTo(null));
        return links.stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .filter(link -> link.reason() == null)
                .mapToLong(Link::unsentBytes)
                .sum();
    }

    @Override
    public Listener listen(ListenOptions options) throws IOException {
        return real.listen(options);
    }

    @Override
    public Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException {
        var link = real.connect(remote, options);
        links.add(new WeakReference<>(link));
        return link;
    }

    @Override
    public Thread start(Link link, String name, Runnable task) {
        links.add(new WeakReference<>(link));
        return real.start(link, name, task);
    }
}

package dev.berth.testkit.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bad network between a client and a server: a proxy on loopback that lets bytes through as its toxics and its schedule say, and
 * does more harm when a test asks for it.
 *
 * <pre>{@code
 * try (var proxy = ChaosProxy.to(server.address()).seed(7).toClient(new Toxic.SplitEvery(1)).start()) {
 *     TcpClient.connect("127.0.0.1", proxy.port());
 * }
 * }</pre>
 *
 * <p>The same seed draws the same sizes, times and bits for the same connection. When bytes come is the machine's: what depends on
 * it, as which bytes a {@link Toxic.Coalesce} joins, may differ.
 *
 * <p>Thread-safe. Closing twice is harmless: it resets every connection, closes every socket and ends every thread.
 */
public final class ChaosProxy implements AutoCloseable {
    private final Set<Relay> live = ConcurrentHashMap.newKeySet();
    private final Door door;

    ChaosProxy(InetSocketAddress server, ToxicPlan plan) throws IOException {
        door = new Door(server, plan, live);
        door.start();
    }

    /** A proxy to this server, to be started. */
    public static ChaosProxyBuilder to(InetSocketAddress server) {
        return new ChaosProxyBuilder(server);
    }

    /** The port that clients connect to. */
    public int port() {
        return address().getPort();
    }

    /** The address that clients connect to. */
    public InetSocketAddress address() {
        return door.address();
    }

    /** How many connections go through it at present. */
    public int live() {
        return present().size();
    }

    /** Resets both sides of every connection. */
    public void rstNow() {
        present().forEach(Relay::reset);
    }

    /** Relays nothing any more on any present connection, and keeps their sockets as they are. */
    public void halfOpen() {
        present().forEach(Relay::halfOpen);
    }

    /** Relays nothing this way any more on any present connection. */
    public void stallOneWay(Direction direction) {
        present().forEach(relay -> relay.stall(direction));
    }

    /** Ends this way's stream of every present connection; what still comes is dropped. */
    public void finOneWay(Direction direction) throws IOException {
        for (Relay relay : present()) {
            relay.finish(direction);
        }
    }

    /** Stops listening: the system refuses who comes. Present connections go on. */
    public void refuse() {
        door.shut();
    }

    /** Listens again, on the same port. */
    public void accept() {
        door.open();
    }

    /** Every connection that the server can have accepted. */
    private Set<Relay> present() {
        door.settle();
        return live;
    }

    @Override
    public void close() {
        door.close();
        rstNow();
    }
}

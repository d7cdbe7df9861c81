package dev.berth.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * How sockets are opened and how the threads that use them are started.
 *
 * <p>Thread-safe. A transport holds no sockets of its own; what it opened is closed by whoever asked for it.
 */
public interface Transport {

    /**
     * Binds a main socket that only listens.
     *
     * @throws java.net.BindException if the address is taken, not of this machine or not allowed; nothing stays open
     */
    Listener listen(ListenOptions options) throws IOException;

    /**
     * Connects to one address.
     *
     * @throws IOException if it is refused, unreachable or not answered in time; nothing stays open
     */
    Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException;

    /**
     * Starts the thread that a link's client lives on. A transport whose loops carry threads chooses the loop here.
     *
     * @param name the thread's name, as thread dumps show it
     */
    Thread start(Link link, String name, Runnable task);

    /**
     * Returns a transport on the JDK's blocking channels and virtual threads, which works everywhere.
     *
     * <p>Each call returns a transport of its own; two share nothing.
     */
    static Transport portable() {
        return new PortableTransport();
    }
}

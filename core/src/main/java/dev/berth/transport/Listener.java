package dev.berth.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The bound main socket. It only listens: every client it accepts gets a link, and so a socket, of its own.
 *
 * <p>One thread accepts; the other methods may be called from any thread. Closing twice is harmless.
 */
public interface Listener extends AutoCloseable {

    /**
     * Waits for the next client.
     *
     * @throws java.nio.channels.ClosedChannelException if the listener is closed, before or during the call
     * @throws IOException if accepting failed and may succeed later, for instance for want of descriptors
     */
    Link accept() throws IOException;

    /** Stops accepting: once it returns no further client is accepted; they wait in the kernel's backlog. */
    void suspend();

    /** Accepts again. */
    void resume();

    /** The address really bound, with the port the system chose if 0 was asked for. */
    InetSocketAddress address();

    /** The effective backlog: what was asked for, cut to the kernel's limit where that can be read. */
    int backlog();

    @Override
    void close();
}

package dev.berth.testkit;

import java.util.concurrent.atomic.AtomicLong;

import dev.berth.connection.Connection;
import dev.berth.connection.FrameTap;
import dev.berth.connection.InputLimits;
import dev.berth.connection.LinkConnection;
import dev.berth.framing.Codec;

/**
 * Two connections joined in memory, a server's side and a client's: what one sends the other receives.
 *
 * <p>Thread-safe as its connections are. Closing closes both; twice is harmless.
 *
 * @param server as the server's handler would have it
 * @param client as the client would have it
 * @param <T> what is received and sent
 */
public record ConnectionPair<T>(Connection<T> server, Connection<T> client) implements AutoCloseable {
    static final int SERVER_PORT = 8080;
    private static final int FIRST_CLIENT_PORT = 49_152;
    private static final int CLIENT_PORTS = 16_384;
    private static final AtomicLong IDS = new AtomicLong();

    static <T> ConnectionPair<T> of(Codec<T> codec) {
        long id = nextId();
        var links = MemoryLink.pair(SERVER_PORT, clientPort(id), false);
        return new ConnectionPair<>(over(id, links.near(), codec), over(nextId(), links.far(), codec));
    }

    static <T> Connection<T> over(long id, MemoryLink link, Codec<T> codec) {
        return new LinkConnection<>(id, link, codec, FrameTap.NONE, InputLimits.NONE);
    }

    static long nextId() {
        return IDS.incrementAndGet();
    }

    /** A port for show, as the system would choose one for a client. */
    static int clientPort(long id) {
        return (int) (FIRST_CLIENT_PORT + id % CLIENT_PORTS);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}

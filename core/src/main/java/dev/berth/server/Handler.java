package dev.berth.server;

import dev.berth.connection.Connection;

/**
 * Serves one client, in plain blocking code, on that client's own thread.
 *
 * <p>One handler serves all clients at once: what it shares between them must be thread-safe.
 *
 * @param <T> what is received and sent
 */
@FunctionalInterface
public interface Handler<T> {

    /**
     * Serves the client from its first message to its last. When it returns, what was sent is flushed and the connection
     * closed; when it throws, that client's connection ends, and no other.
     */
    void handle(Connection<T> client) throws Exception;

    /**
     * Says goodbye when the server drains or the client has reached its age; once, on a virtual thread of its own, within the drain's
     * deadline. Afterwards receiving comes to a clean end once no whole message is left.
     */
    default void onDrain(Connection<T> client) throws Exception {}
}

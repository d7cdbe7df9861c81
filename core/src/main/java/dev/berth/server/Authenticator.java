package dev.berth.server;

import dev.berth.connection.Connection;

/**
 * Decides whether a client may be served, in plain blocking code on that client's own thread, before its handler is called.
 *
 * <p>One authenticator is asked for all clients at once: it must be thread-safe. Until it has answered, its client is a stranger, from
 * whom little is taken: frames of at most 16 KiB, no more than 8 of them, and 64 KiB of unsent output; what it says is shown to no
 * {@link dev.berth.connection.FrameTap} and in no error. The whole step has a deadline, {@link ServerBuilder#authTimeout}, whatever the
 * time is spent on: then the client is cut and this thread interrupted.
 *
 * <p>Frames that the client has sent behind its login are the handler's first ones; of a client that is not let in nobody reads them.
 *
 * @param <T> what is received and sent meanwhile
 */
@FunctionalInterface
public interface Authenticator<T> {

    /**
     * Talks to the client and returns whether it may be served. If not, what was sent to it is flushed and the connection closed; if
     * this throws, the same. The connection is good until it returns.
     */
    boolean authenticate(Connection<T> client) throws Exception;
}

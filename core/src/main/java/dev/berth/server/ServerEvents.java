package dev.berth.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import dev.berth.connection.Connection;

/**
 * What happens in a server, for whoever observes: logging, counting, tests.
 *
 * <p>Every method says its thread; none is called under a lock. Observers are fenced: what they throw is counted and
 * harms nobody, a call that takes longer than 10 ms is counted. Exactly one {@link #refused} or one pair of
 * {@link #opened} and {@link #closed} comes for each accepted client; only one for whose thread there was no memory is
 * told as {@link #acceptFailed}.
 */
public interface ServerEvents {

    /** Observes nothing. */
    ServerEvents NONE = new ServerEvents() {};

    /** The server listens. On the thread that started it. */
    default void listening(TcpServer server) {}

    /** A client waits for a place, as number {@code position} of the queue. On the client's own thread. */
    default void waiting(long id, InetSocketAddress peer, int position) {}

    /**
     * A client has its place; its login, where one is asked for, and its handler come next. Before it is authenticated nothing can be
     * sent to it. On the client's own thread.
     */
    default void opened(Connection<?> client) {}

    /** A client is not served. On the acceptor's thread, or on the client's own if it had waited. */
    default void refused(long id, InetSocketAddress peer, RefuseReason reason) {}

    /**
     * A client's handler, or the authenticator, threw, and {@link #closed} follows; or the queue notice, and {@link #refused} follows. On
     * the client's own thread.
     */
    default void handlerFailed(long id, InetSocketAddress peer, Throwable error) {}

    /** A served client's connection ended, and its place was given back. On the client's own thread. */
    default void closed(Closed closed) {}

    /** A handler has not returned a second after its client was aborted; it keeps its place. On a thread that aborts. */
    default void abandoned(long id, InetSocketAddress peer, List<StackTraceElement> stack) {}

    /**
     * Accepting failed, for instance for want of descriptors, and goes on after a pause. At most once in 10 s. On the
     * acceptor's thread.
     *
     * @param failures how many times since the last call
     */
    default void acceptFailed(IOException error, long failures, Duration pause) {}

    /**
     * Virtual threads waited for a carrier, because as many handlers as there are carriers compute without end or block
     * where the JDK cannot unmount them. At most once in 10 s. On the thread that watches the carriers.
     *
     * @param waited how long
     * @param relieved whether more carriers ended it; false if all of those are taken too, or if there is nothing to add
     *     them with, for want of the JDK's module {@code jdk.management}
     */
    default void starved(Duration waited, boolean relieved) {}

    /** This observer threw. On the thread of the event; at most once in 10 s. */
    default void observerFailed(String event, Throwable error) {}

    /** This observer was slow. On the thread of the event; at most once in 10 s. */
    default void observerSlow(String event, Duration took) {}
}

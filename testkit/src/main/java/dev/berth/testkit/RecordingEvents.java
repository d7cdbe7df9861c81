package dev.berth.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.berth.connection.Connection;
import dev.berth.server.Closed;
import dev.berth.server.RefuseReason;
import dev.berth.server.ServerEvents;

/**
 * Observes a server for a test: queues every event for the test to wait for, and remembers each with its thread. Each wait lasts
 * for at most 20 s, then an {@link AssertionError} names the event that did not come.
 *
 * <p>Thread-safe. One per server: clients are told apart by their numbers.
 */
public final class RecordingEvents implements ServerEvents {
    private static final long LIMIT_SECONDS = 20;

    private final BlockingQueue<Closed> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<Refused> refused = new LinkedBlockingQueue<>();
    private final BlockingQueue<Connection<?>> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> waiting = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> handlerErrors = new LinkedBlockingQueue<>();
    private final BlockingQueue<Abandoned> abandoned = new LinkedBlockingQueue<>();
    private final BlockingQueue<AcceptFailure> acceptFailures = new LinkedBlockingQueue<>();
    private final Queue<Seen> all = new ConcurrentLinkedQueue<>();

    /** Has seen nothing yet. */
    public RecordingEvents() {}

    /**
     * An event that came.
     *
     * @param event its name: the method of {@link ServerEvents}
     * @param id its client's number; 0 where it is about no client
     * @param thread the name of the thread it came on
     */
    public record Seen(String event, long id, String thread) {}

    /**
     * A client that was not served.
     *
     * @param id its number
     * @param peer its address
     * @param reason why
     */
    public record Refused(long id, InetSocketAddress peer, RefuseReason reason) {}

    /**
     * A handler that did not return after its client was aborted.
     *
     * @param id its client's number
     * @param stack where it is
     */
    public record Abandoned(long id, List<StackTraceElement> stack) {}

    /**
     * Accepting that failed.
     *
     * @param error what the system said
     * @param failures how many times since it was last told
     * @param pause how long the server waits before it goes on
     */
    public record AcceptFailure(IOException error, long failures, Duration pause) {}

    @Override
    public void waiting(long id, InetSocketAddress peer, int position) {
        see("waiting", id);
        waiting.add(position);
    }

    @Override
    public void opened(Connection<?> client) {
        see("opened", client.id());
        opened.add(client);
    }

    @Override
    public void refused(long id, InetSocketAddress peer, RefuseReason reason) {
        see("refused", id);
        refused.add(new Refused(id, peer, reason));
    }

    @Override
    public void handlerFailed(long id, InetSocketAddress peer, Throwable error) {
        see("handlerFailed", id);
        handlerErrors.add(error);
    }

    @Override
    public void closed(Closed end) {
        see("closed", end.id());
        closed.add(end);
    }

    @Override
    public void abandoned(long id, InetSocketAddress peer, List<StackTraceElement> stack) {
        see("abandoned", id);
        abandoned.add(new Abandoned(id, stack));
    }

    @Override
    public void acceptFailed(IOException error, long failures, Duration pause) {
        see("acceptFailed", 0);
        acceptFailures.add(new AcceptFailure(error, failures, pause));
    }

    /** Waits for the next client's end. */
    public Closed nextClosed() throws InterruptedException {
        return next("closed", closed);
    }

    /** Waits for the next refusal. */
    public Refused nextRefused() throws InterruptedException {
        return next("refused", refused);
    }

    /** Waits for the next client with a place. */
    public Connection<?> nextOpened() throws InterruptedException {
        return next("opened", opened);
    }

    /** Waits for the next client that has to wait; returns its position. */
    public int nextWaiting() throws InterruptedException {
        return next("waiting", waiting);
    }

    /** Waits for the next error a handler threw. */
    public Throwable nextHandlerError() throws InterruptedException {
        return next("handlerFailed", handlerErrors);
    }

    /** Waits for the next abandoned handler. */
    public Abandoned nextAbandoned() throws InterruptedException {
        return next("abandoned", abandoned);
    }

    /** Waits for the next failed accept. */
    public AcceptFailure nextAcceptFailure() throws InterruptedException {
        return next("acceptFailed", acceptFailures);
    }

    /** The events of this name that came so far, in order. */
    public List<Seen> seen(String event) {
        return all.stream().filter(seen -> seen.event().equals(event)).toList();
    }

    private void see(String event, long id) {
        all.add(new Seen(event, id, Thread.currentThread().getName()));
    }

    private static <E> E next(String event, BlockingQueue<E> queue) throws InterruptedException {
        var next = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no event " + event + " within " + LIMIT_SECONDS + " s");
        }
        return next;
    }
}

package dev.berth.proof;

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

/** Queues every event for a test to wait on, and remembers its thread. */
public final class RecordingEvents implements ServerEvents {
    private static final long LIMIT_SECONDS = 20;

    private final BlockingQueue<Closed> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<Refused> refused = new LinkedBlockingQueue<>();
    private final BlockingQueue<Connection<?>> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> waiting = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> handlerErrors = new LinkedBlockingQueue<>();
    private final BlockingQueue<Abandoned> abandoned = new LinkedBlockingQueue<>();
    private final BlockingQueue<AcceptFailure> acceptFailures = new LinkedBlockingQueue<>();
    private final BlockingQueue<Starved> starved = new LinkedBlockingQueue<>();
    private final Queue<Seen> all = new ConcurrentLinkedQueue<>();

    /** An event's name, its client's number, and the thread it came on. */
    public record Seen(String event, long id, String thread) {}

    /** A refusal. */
    public record Refused(long id, InetSocketAddress peer, RefuseReason reason) {}

    /** An abandoned handler. */
    public record Abandoned(long id, List<StackTraceElement> stack) {}

    /** A failed accept. */
    public record AcceptFailure(IOException error, long failures, Duration pause) {}

    /** Carriers that were wanting. */
    public record Starved(Duration waited, boolean relieved) {}

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

    @Override
    public void starved(Duration waited, boolean relieved) {
        see("starved", 0);
        starved.add(new Starved(waited, relieved));
    }

    /** Waits until the next want of carriers is told. */
    public Starved nextStarved() throws InterruptedException {
        return next("starved", starved);
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

    /** What came so far, by name. */
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

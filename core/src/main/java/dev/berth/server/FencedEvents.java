package dev.berth.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import dev.berth.connection.Connection;

/**
 * Tells an observer what happens, and keeps what it does wrong away from the clients.
 *
 * <p>Thread-safe. What the observer throws is counted, and so is a call longer than 10 ms; it is told of either at most
 * once in 10 s.
 */
final class FencedEvents {
    private static final Duration SLOW = Duration.ofMillis(10);
    private static final long REPORT_NANOS = Duration.ofSeconds(10).toNanos();

    private final ServerEvents observer;
    private final LongAdder failures = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final AtomicLong nextFailureReport = new AtomicLong(System.nanoTime());
    private final AtomicLong nextSlowReport = new AtomicLong(System.nanoTime());

    FencedEvents(ServerEvents observer) {
        this.observer = observer;
    }

    void listening(TcpServer server) {
        tell("listening", () -> observer.listening(server));
    }

    void waiting(long id, InetSocketAddress peer, int position) {
        tell("waiting", () -> observer.waiting(id, peer, position));
    }

    void opened(Connection<?> client) {
        tell("opened", () -> observer.opened(client));
    }

    void refused(long id, InetSocketAddress peer, RefuseReason reason) {
        tell("refused", () -> observer.refused(id, peer, reason));
    }

    void handlerFailed(long id, InetSocketAddress peer, Throwable error) {
        tell("handlerFailed", () -> observer.handlerFailed(id, peer, error));
    }

    void closed(Closed closed) {
        tell("closed", () -> observer.closed(closed));
    }

    void abandoned(long id, InetSocketAddress peer, List<StackTraceElement> stack) {
        tell("abandoned", () -> observer.abandoned(id, peer, stack));
    }

    void acceptFailed(IOException error, long count, Duration pause) {
        tell("acceptFailed", () -> observer.acceptFailed(error, count, pause));
    }

    void starved(Duration waited, boolean relieved) {
        tell("starved", () -> observer.starved(waited, relieved));
    }

    long failures() {
        return failures.sum();
    }

    long slow() {
        return slow.sum();
    }

    private void tell(String event, Runnable call) {
        long start = System.nanoTime();
        try {
            call.run();
        } catch (Throwable e) {
            failures.increment();
            report(nextFailureReport, () -> observer.observerFailed(event, e));
        }
        long took = System.nanoTime() - start;
        if (took > SLOW.toNanos()) {
            slow.increment();
            report(nextSlowReport, () -> observer.observerSlow(event, Duration.ofNanos(took)));
        }
    }

    private void report(AtomicLong next, Runnable call) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + REPORT_NANOS)) {
            return;
        }
        try {
            call.run();
        } catch (Throwable e) {
            // An observer that cannot even hear of its own failure: counted like any other.
            failures.increment();
        }
    }
}

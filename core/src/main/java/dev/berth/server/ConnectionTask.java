package dev.berth.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.ConnectionSnapshot;
import dev.berth.connection.FrameTap;
import dev.berth.connection.InputLimits;
import dev.berth.connection.LinkConnection;
import dev.berth.connection.Login;
import dev.berth.connection.State;
import dev.berth.transport.CloseReason;
import dev.berth.transport.Endpoints;
import dev.berth.transport.Link;

/**
 * One client's whole life on its own thread: wait for a place, be served, end.
 *
 * <p>Runs once. Only this task ends its connection, in one place; others may ask with {@link #abort} and {@link #drain},
 * from any thread.
 */
final class ConnectionTask<T> implements Runnable {
    /** How long after an abort a handler that has not returned counts as abandoned. */
    static final Duration ABANDONED_AFTER = Duration.ofSeconds(1);

    /** Interrupts reach the handler only: INTERRUPTING holds its end back for the instant of the interrupt. */
    private enum Phase {
        WAITING,
        SERVING,
        INTERRUPTING,
        ENDING
    }

    /** Boxed once: to deregister takes no memory. */
    private final Long id;
    private final Link link;
    private final Ticket ticket;
    private final Serving<T> serving;
    private final LinkConnection<T> connection;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    /** Begins with its place; written before the phase. */
    private @Nullable Lifetime lifetime;
    /** It has yet to show that it may be served: from the beginning, where anybody asks for that. */
    private volatile boolean stranger;
    /** Until when it has to; written before {@link #loginIsTimed}. */
    private long loginUntil;
    private volatile boolean loginIsTimed;
    private final AtomicReference<@Nullable Thread> goodbye = new AtomicReference<>();
    private volatile @Nullable Thread thread;
    private volatile boolean abandoned;

    ConnectionTask(long id, Link link, Ticket ticket, Serving<T> serving) {
        this.id = id;
        this.link = link;
        this.ticket = ticket;
        this.serving = serving;
        connection = new LinkConnection<>(id, link, serving.settings().codec(), serving.settings().tap(),
                new InputLimits(serving.settings().deadlines(), serving.admission().limits().pace()));
        stranger = serving.settings().login() != null;
    }

    @Override
    public void run() {
        // Not only told by the acceptor: it may be later than the first who wants to interrupt the handler.
        started(Thread.currentThread());
        link.owner(Thread.currentThread());
        if (ticket.position() > 0) {
            new Waiting<>(link, ticket, serving, connection).untilSettled();
        }
        var refusal = ticket.refusal();
        if (refusal == null) {
            serve();
        } else {
            refused(refusal);
        }
    }

    private void refused(RefuseReason refusal) {
        try {
            serving.events().refused(id, peer(), refusal);
            // The observer may have left one.
            Thread.interrupted();
            lastWord(refusal);
        } finally {
            serving.clients().remove(this);
        }
    }

    long id() {
        return id;
    }

    /** The same, boxed once. */
    Long key() {
        return id;
    }

    InetSocketAddress peer() {
        return link.remoteAddress();
    }

    long bytesIn() {
        return link.bytesIn();
    }

    /** The name of the client's thread, as a thread dump shows it. */
    String threadName() {
        return "berth-" + serving.label() + "-client-" + id + " " + Endpoints.text(peer());
    }

    void started(Thread thread) {
        this.thread = thread;
    }

    /** Ends a refused client; tells it so first, if there is something to tell it. The socket is closed then. */
    void lastWord(RefuseReason reason) {
        var notice = serving.settings().busyNotice();
        if (notice == null || reason == RefuseReason.LEFT) {
            link.abort(CloseReason.COMPLETED);
            link.close();
            return;
        }
        try {
            connection.send(notice);
        } catch (IOException gone) {
            // It does not want to hear it.
        } finally {
            connection.closeAfterLastWord();
        }
    }

    private void serve() {
        long opened = System.nanoTime();
        Throwable cause = null;
        try {
            var login = serving.settings().login();
            if (login == null ? open() : isLetIn(login)) {
                serving.settings().handler().handle(connection);
            }
        } catch (Throwable e) {
            // The thread's root: whatever a handler throws ends its own client only.
            cause = e;
            handlerThrew(e);
        } finally {
            end(cause, Duration.ofNanos(System.nanoTime() - opened));
        }
    }

    /** From here on it is served, and others know of it. Returns whether that goes on. */
    private boolean open() {
        var life = serving.settings().lifetime();
        if (life.areOn()) {
            lifetime = new Lifetime(life, ThreadLocalRandom.current().nextDouble());
        }
        phase.set(Phase.SERVING);
        serving.events().opened(connection);
        // The observer may have left one. If it was an abort's, the link says so.
        Thread.interrupted();
        return !link.isAborted();
    }

    /** Whether the client has shown that it may be served. Its login begins before anybody can know of it, and send to it. */
    private <L> boolean isLetIn(LoginStep<L> step) throws Exception {
        var login = Login.on(connection, step.codec());
        if (!open()) {
            return false;
        }
        if (step.isTimed()) {
            loginUntil = System.nanoTime() + step.timeout().toNanos();
            loginIsTimed = true;
        }
        boolean known = step.authenticator().authenticate(login.connection());
        if (!known || link.reason() != null) {
            // An end that was noted counts more than what the authenticator says: nothing after it is taken for a request.
            link.reason(CloseReason.AUTH_FAILED);
            return false;
        }
        login.passed(serving.settings().output().hardBytes());
        stranger = false;
        return !link.isAborted();
    }

    private void handlerThrew(Throwable error) {
        boolean consequence = link.isAborted() || (error instanceof IOException && link.reason() != null);
        link.reason(error instanceof InterruptedException ? CloseReason.INTERRUPTED : CloseReason.HANDLER_ERROR);
        if (!consequence) {
            serving.events().handlerFailed(id, peer(), error);
        }
    }

    /**
     * The one exit: close, give the place back, tell, deregister. The socket is closed when it returns. Deregistered last, since a drain
     * and a close wait for who is registered, and are over when the last end was told.
     */
    private void end(@Nullable Throwable cause, Duration lasted) {
        // Still waiting if it failed before anybody was told of it.
        while (!phase.compareAndSet(Phase.SERVING, Phase.ENDING) && !phase.compareAndSet(Phase.WAITING, Phase.ENDING)) {
            Thread.onSpinWait();
        }
        // An interrupt was meant for the handler.
        Thread.interrupted();
        CloseReason reason = CloseReason.COMPLETED;
        try {
            reason = link.reason(CloseReason.COMPLETED);
            connection.close();
        } finally {
            tellEnd(reason, cause, lasted);
        }
    }

    private void tellEnd(CloseReason reason, @Nullable Throwable cause, Duration lasted) {
        try {
            serving.admission().release(ticket, reason);
            serving.events().closed(closed(reason, cause, lasted));
        } finally {
            serving.clients().remove(this);
        }
    }

    private Closed closed(CloseReason reason, @Nullable Throwable cause, Duration lasted) {
        var last = connection.snapshot(State.ENDING, "");
        return new Closed(
                id,
                peer(),
                reason,
                cause,
                lasted,
                last.bytesIn(),
                last.bytesOut(),
                last.framesIn(),
                last.framesOut(),
                link.unsentWrites());
    }

    /** The timer's turn: sees whether this client is waited for too long, is too old, or wants a sign of life. */
    void look(long now) {
        if (link.isAborted()) {
            return;
        }
        if (isLoginOverdue(now)) {
            cut(CloseReason.AUTH_TIMEOUT);
            return;
        }
        if (phase.get() != Phase.SERVING) {
            return;
        }
        connection.judge(now);
        var age = lifetime;
        if (age != null) {
            var heartbeat = age.due(link, now);
            if (heartbeat != null) {
                beat(age, heartbeat.frame());
            }
            if (age.isOver(now)) {
                link.reason(CloseReason.MAX_AGE);
                drain();
            } else if (age.isOverdue(now)) {
                cut(CloseReason.MAX_AGE);
            }
        }
    }

    /** The timer's turn after a pause of the process, in which nobody could do what he is waited for. */
    void excuse(long nanos) {
        connection.excuse(nanos);
        if (loginIsTimed) {
            loginUntil += nanos;
        }
    }

    /** Not on the timer's thread where a tap is told of it, which may block: one at a time then, and the next ones are left out. */
    private void beat(Lifetime age, byte[] frame) {
        if (serving.settings().tap().equals(FrameTap.NONE)) {
            connection.heartbeat(frame);
        } else if (age.beginBeat()) {
            Thread.ofVirtual().name(threadName() + " heartbeat").start(() -> {
                try {
                    connection.heartbeat(frame);
                } catch (Throwable e) {
                    // A tap must not throw. The client is none the worse: another heartbeat comes.
                } finally {
                    age.endBeat();
                }
            });
        }
    }

    /** Also on its way out: one that is not let in has no more time to go than it had to come in. */
    private boolean isLoginOverdue(long now) {
        return loginIsTimed && stranger && now - loginUntil >= 0;
    }

    /** Asks for the end, now: the socket is shut, the handler interrupted, a waiting client taken out of the queue. */
    void abort(CloseReason reason) {
        serving.admission().leave(
                ticket, reason == CloseReason.CLOSED_BY_ADMIN ? RefuseReason.CLOSED_BY_ADMIN : RefuseReason.CLOSED);
        link.abort(reason);
        var handling = thread;
        if (phase.compareAndSet(Phase.SERVING, Phase.INTERRUPTING)) {
            if (handling != null) {
                handling.interrupt();
            }
            phase.set(Phase.SERVING);
        }
    }

    /** Asks for the end like {@link #abort}, and reports the handler if it has not returned a second later. */
    void cut(CloseReason reason) {
        abort(reason);
        Thread.ofVirtual().name(threadName() + " cut").start(() -> {
            try {
                if (!join(ABANDONED_AFTER)) {
                    reportAbandoned();
                }
            } catch (InterruptedException e) {
                // Nobody else knows this thread.
            }
        });
    }

    /**
     * Asks for the end after what is there: says goodbye, then lets receiving come to its end. Once: who asks again gets the thread that
     * is about it, or was.
     */
    Thread drain() {
        var mine = Thread.ofVirtual().name(threadName() + " drain").unstarted(this::sayGoodbye);
        var first = goodbye.compareAndExchange(null, mine);
        if (first != null) {
            return first;
        }
        mine.start();
        return mine;
    }

    private void sayGoodbye() {
        try {
            if (!stranger) {
                serving.settings().handler().onDrain(connection);
            }
        } catch (Throwable e) {
            if (!link.isAborted()) {
                serving.events().handlerFailed(id, peer(), e);
            }
        } finally {
            link.endInput();
        }
    }

    /** Waits for the task's end, for at most so long; never for itself. Returns whether it has ended. */
    boolean join(Duration limit) throws InterruptedException {
        var handling = thread;
        if (handling == null || handling == Thread.currentThread()) {
            return handling == null;
        }
        return limit.isPositive() ? handling.join(limit) : !handling.isAlive();
    }

    /** Reports a handler that has not returned although its client was aborted; it keeps its place until it does. */
    void reportAbandoned() {
        var handling = thread;
        if (handling == null || handling == Thread.currentThread() || phase.get() != Phase.SERVING || abandoned) {
            return;
        }
        abandoned = true;
        serving.events().abandoned(id, peer(), List.of(handling.getStackTrace()));
    }

    /** Whether it got its place; it may have ended since. */
    boolean isServed() {
        return ticket.isSettled() && ticket.refusal() == null;
    }

    boolean isReplaceable() {
        return isServed() && !link.isAborted() && phase.get() != Phase.ENDING;
    }

    ConnectionSnapshot snapshot() {
        return connection.snapshot(state(), threadName());
    }

    private State state() {
        if (!ticket.isSettled()) {
            return State.WAITING;
        }
        if (abandoned) {
            return State.ABANDONED;
        }
        if (link.isAborted() || phase.get() == Phase.ENDING || ticket.refusal() != null) {
            return State.ENDING;
        }
        return stranger ? State.AUTHENTICATING : State.SERVING;
    }
}

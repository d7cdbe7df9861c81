package dev.berth.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.berth.framing.Codec;
import dev.berth.transport.CloseReason;
import dev.berth.transport.Endpoints;
import dev.berth.transport.ListenOptions;
import dev.berth.transport.Listener;

/**
 * A TCP server in which every client gets its own socket and its own thread.
 *
 * <p>Thread-safe. Servers share nothing with each other. Closing twice is harmless.
 */
public final class TcpServer implements AutoCloseable {
    /** The default of {@link #drainOnShutdown()}: below the 30 s that service managers wait before they kill. */
    public static final Duration SHUTDOWN_DEADLINE = Duration.ofSeconds(25);

    /** {@link #close} returns within 2 s: this much is for handlers to return. */
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(1_500);

    /** So much for an acceptor that an observer holds up. */
    private static final Duration ACCEPTOR_LIMIT = Duration.ofMillis(300);

    /** How long a drain waits for handlers to return that it has cut at its deadline: the process is to end within a second of it. */
    private static final Duration AFTER_DEADLINE = Duration.ofMillis(500);

    /** How long a drain waits, at least, for refused clients to hear so. */
    private static final Duration LAST_WORDS = Duration.ofMillis(1_200);

    private final String label;
    private final Listener listener;
    private final Acceptor<?> acceptor;
    private final Thread acceptorThread;
    private final Admission admission;
    private final WhenFull whenFull;
    private final Clients clients;
    private final FencedEvents events;
    private final DeadlineTimer timer;
    private final CarrierWatch carriers;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch terminated = new CountDownLatch(1);
    private volatile boolean suspended;
    private volatile boolean draining;
    private final AtomicReference<@Nullable Thread> shutdownHook = new AtomicReference<>();

    private <T> TcpServer(ServerSettings<T> settings, Listener listener) {
        this.listener = listener;
        label = settings.name() == null ? String.valueOf(listener.address().getPort()) : settings.name();
        admission = new Admission(settings.limits(), settings.whenFull());
        whenFull = settings.whenFull();
        clients = new Clients();
        events = new FencedEvents(settings.events());
        timer = new DeadlineTimer(label, clients);
        acceptor = new Acceptor<>(listener, new Serving<>(label, settings, admission, clients, events));
        carriers = new CarrierWatch(label, clients, events);
        acceptorThread = Thread.ofPlatform().daemon().name("berth-" + label + "-acceptor").unstarted(acceptor);
    }

    /**
     * Serves UTF-8 lines on 127.0.0.1, this machine only; {@link ServerBuilder#bind} lets others in. The same as
     * {@code builder(Codec.lines()).port(port).handler(handler).start()}.
     */
    public static TcpServer listen(int port, Handler<String> handler) throws IOException {
        return listen(port, Codec.lines(), handler);
    }

    /**
     * Serves the codec's messages on 127.0.0.1, this machine only. The same as
     * {@code builder(codec).port(port).handler(handler).start()}.
     */
    public static <T> TcpServer listen(int port, Codec<T> codec, Handler<T> handler) throws IOException {
        return builder(codec).port(port).handler(handler).start();
    }

    /**
     * Serves raw bytes through streams on 127.0.0.1, this machine only. The same as
     * {@code listen(port, Codec.bytes("raw"), handler)}.
     */
    public static TcpServer listen(int port, StreamHandler handler) throws IOException {
        return listen(port, Codec.bytes("raw"), handler);
    }

    /** Settings of a server for the codec's messages. */
    public static <T> ServerBuilder<T> builder(Codec<T> codec) {
        return new ServerBuilder<>(codec);
    }

    static <T> TcpServer start(ServerSettings<T> settings) throws IOException {
        var options = new ListenOptions(
                settings.address(), settings.backlog(), settings.sendBufferBytes(), settings.output(), settings.keepAlive());
        var listener = listen(settings, options);
        try {
            var server = new TcpServer(settings, listener);
            server.begin(settings);
            return server;
        } catch (Throwable e) {
            listener.close();
            throw e;
        }
    }

    private void begin(ServerSettings<?> settings) {
        try {
            events.listening(this);
            acceptorThread.start();
            var login = settings.login();
            if (settings.deadlines().areOn() || settings.lifetime().areOn() || (login != null && login.isTimed())) {
                timer.start();
            }
            carriers.start();
        } catch (Throwable e) {
            // No memory for a thread: those that are there must end, too.
            close();
            throw e;
        }
    }

    private static Listener listen(ServerSettings<?> settings, ListenOptions options) throws IOException {
        try {
            return settings.transport().listen(options);
        } catch (IOException e) {
            var error = new BindException(
                    "cannot listen on " + Endpoints.text(settings.address()) + ": " + e.getMessage());
            error.initCause(e);
            throw error;
        }
    }

    /** The address it listens on, with the port the system chose if 0 was asked for. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** The port it listens on. */
    public int port() {
        return address().getPort();
    }

    /** The effective backlog: what was asked for, cut to the kernel's limit where that can be read. */
    public int backlog() {
        return listener.backlog();
    }

    /** What is known at this moment of the server and of every client. */
    public ServerSnapshot snapshot() {
        var ledger = admission.ledger();
        return new ServerSnapshot(
                label,
                address(),
                backlog(),
                suspended,
                draining,
                ledger.accepted(),
                ledger.refused(),
                ledger.waiting(),
                ledger.live(),
                ledger.closed(),
                ledger.refusedBy(),
                ledger.closedBy(),
                acceptor.errors(),
                events.failures(),
                events.slow(),
                clients.list().stream().map(ConnectionTask::snapshot).toList());
    }

    /** The limits that hold for who comes next. */
    public Limits limits() {
        return admission.limits();
    }

    /**
     * Changes the limits while it runs, in one step. They hold for who comes next: nobody who is here is cut, and with more
     * room those who wait come in.
     *
     * @throws IllegalArgumentException if a limit is not allowed; nothing is changed
     */
    public void limits(Limits limits) {
        limits.check(whenFull);
        admission.limits(limits);
    }

    /** Ends one client by its number; returns whether it was here. Does not wait for its handler to return. */
    public boolean close(long id) {
        var task = clients.find(id);
        task.ifPresent(found -> found.cut(CloseReason.CLOSED_BY_ADMIN));
        return task.isPresent();
    }

    /** Stops accepting: new clients wait in the kernel's backlog. Who is here goes on. */
    public void suspend() {
        suspended = true;
        doAsSaid();
    }

    /** Accepts again. */
    public void resume() {
        suspended = false;
        doAsSaid();
    }

    /** Until nobody has said otherwise meanwhile: of two at once the listener does what the one says that is believed. */
    private void doAsSaid() {
        boolean done;
        do {
            done = suspended;
            if (done) {
                listener.suspend();
            } else {
                listener.resume();
            }
        } while (done != suspended);
    }

    /** Whether it accepts nobody for now. */
    public boolean isSuspended() {
        return suspended;
    }

    /**
     * Stops accepting, refuses who waits, says goodbye to each client ({@link Handler#onDrain}) and lets the work that is
     * there finish until the deadline; then cuts who is left and closes. Returns within the deadline and 2 s.
     */
    public DrainReport drain(Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + Checks.nanos(deadline);
        draining = true;
        var here = stopAccepting(RefuseReason.DRAINING);
        long lastWords = System.nanoTime() + LAST_WORDS.toNanos();
        // Who waited has just been refused: no goodbye, and not counted, but a last word that must be said.
        var tasks = here.stream().filter(ConnectionTask::isServed).toList();
        var goodbyes = tasks.stream().map(ConnectionTask::drain).toList();
        int finished = joinAll(tasks, end);
        var left = tasks.stream().filter(task -> !hasEnded(task)).toList();
        left.forEach(task -> task.abort(CloseReason.DRAINED));
        // Only now: an interrupted goodbye would end its client with a reason of its own.
        goodbyes.forEach(Thread::interrupt);
        int ended = joinAll(left, System.nanoTime() + AFTER_DEADLINE.toNanos());
        left.forEach(ConnectionTask::reportAbandoned);
        joinAll(here.stream().filter(task -> !task.isServed()).toList(), lastWords);
        terminate();
        return new DrainReport(finished, left.size(), left.size() - ended);
    }

    /**
     * Ends everything now: the port is free, waiting clients are refused, served ones cut and their threads interrupted.
     * Returns within 2 s whatever the handlers do; one that has not returned by then is reported as abandoned.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        var tasks = stopAccepting(RefuseReason.CLOSED);
        tasks.forEach(task -> task.abort(CloseReason.SERVER_CLOSED));
        try {
            joinAll(tasks, System.nanoTime() + CLOSE_LIMIT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tasks.forEach(ConnectionTask::reportAbandoned);
        terminate();
    }

    /** Drains for up to 25 s when the process is asked to end (SIGTERM, Ctrl-C, System.exit). Returns this server. */
    public TcpServer drainOnShutdown() {
        return drainOnShutdown(SHUTDOWN_DEADLINE);
    }

    /**
     * Drains for up to so long when the process is asked to end; what was said last counts. Returns this server.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public TcpServer drainOnShutdown(Duration deadline) {
        if (deadline.isNegative()) {
            // Said now: when the process ends nobody would hear of it.
            throw new IllegalArgumentException("drainOnShutdown is " + Checks.text(deadline) + ", allowed are 0s and more");
        }
        var hook = Thread.ofPlatform().name("berth-" + label + "-shutdown").unstarted(() -> {
            try {
                drain(deadline);
            } catch (InterruptedException e) {
                close();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        forget(shutdownHook.getAndSet(hook));
        if (terminated.getCount() == 0) {
            // It may have ended before the promise was known to it.
            forget(hook);
        }
        return this;
    }

    /** Waits until the server is closed or drained. */
    public void awaitTermination() throws InterruptedException {
        terminated.await();
    }

    /** Waits until the server is closed or drained, for at most so long; returns whether it is. */
    public boolean awaitTermination(Duration limit) throws InterruptedException {
        return terminated.await(Checks.nanos(limit), TimeUnit.NANOSECONDS);
    }

    /**
     * Once it returns nobody waits, and nobody new is served: whom the acceptor still brings, if an observer held it up for too long, is
     * ended by it. Returns everybody who is served, or waited.
     */
    private List<ConnectionTask<?>> stopAccepting(RefuseReason reason) {
        acceptor.stop();
        long end = System.nanoTime() + ACCEPTOR_LIMIT.toNanos();
        boolean interrupted = false;
        while (acceptorThread.isAlive() && acceptorThread != Thread.currentThread() && end - System.nanoTime() > 0) {
            try {
                acceptorThread.join(Duration.ofNanos(end - System.nanoTime()));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        // In this order: whom the acceptor adds after this look finds that it is shut.
        admission.shut(reason);
        return clients.list();
    }

    /** Waits for the tasks until the time given; returns how many have ended. */
    private static int joinAll(List<ConnectionTask<?>> tasks, long end) throws InterruptedException {
        int ended = 0;
        for (var task : tasks) {
            if (task.join(Duration.ofNanos(end - System.nanoTime()))) {
                ended++;
            }
        }
        return ended;
    }

    private static boolean hasEnded(ConnectionTask<?> task) {
        try {
            return task.join(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void terminate() {
        timer.stop();
        carriers.stop();
        terminated.countDown();
        forget(shutdownHook.get());
    }

    private static void forget(@Nullable Thread hook) {
        if (hook != null && hook != Thread.currentThread()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                // The process is on its way out; the hook runs or has run.
            }
        }
    }
}

package dev.berth.testkit.chaos;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection through the proxy: its two sockets, its two directions, and how it ends. Thread-safe. */
final class Relay {
    private final Socket client;
    private final Socket server;
    private final Consumer<Relay> gone;
    private final Map<Direction, OneWay> ways;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean resetsHidden;

    /**
     * A relay between two connected sockets.
     *
     * @param gone is run once, when both sockets are closed
     */
    Relay(Socket client, Socket server, ToxicPlan plan, Consumer<Relay> gone) {
        this.client = client;
        this.server = server;
        this.gone = gone;
        ways = Map.of(
                Direction.TO_SERVER, way(plan, Direction.TO_SERVER, client, server),
                Direction.TO_CLIENT, way(plan, Direction.TO_CLIENT, server, client));
    }

    private OneWay way(ToxicPlan plan, Direction direction, Socket from, Socket to) {
        var outlet = new Outlet(this, to);
        var place = new Chain.Place(this, direction, plan.random(direction));
        return new OneWay(this, from, outlet, Chain.of(plan.toxics(direction), outlet, place));
    }

    /** Starts the four threads; they end with the relay. */
    void start(String name) {
        ways.forEach((direction, way) -> {
            var which = name + (direction == Direction.TO_SERVER ? "-to-server" : "-to-client");
            threads.add(Thread.ofPlatform().daemon().name(which + "-in").start(way::read));
            threads.add(Thread.ofPlatform().daemon().name(which + "-out").start(way::write));
        });
        if (over.getCount() == 0) {
            // It ended before the last of them was known.
            threads.forEach(Thread::interrupt);
        }
    }

    /** One direction's stream has ended and was passed on. */
    void ended() {
        if (ended.incrementAndGet() == ways.size()) {
            close();
        }
    }

    /** A side was reset, or can't be written to: the other one learns it, unless nothing is relayed any more. */
    void resetBySide() {
        if (!resetsHidden) {
            reset();
        }
    }

    /** Resets both sides. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        } catch (IOException closed) {
            // It is over anyway.
        }
        close();
    }

    /** Ends both streams in peace; what still comes is dropped. */
    void finish() throws IOException {
        finish(Direction.TO_SERVER);
        finish(Direction.TO_CLIENT);
    }

    /** Ends one stream in peace. */
    void finish(Direction direction) throws IOException {
        way(direction).outlet().finish();
    }

    /** From now on no side learns that the other one was reset. */
    void hideResets() {
        resetsHidden = true;
    }

    /** Relays nothing any more. */
    void halfOpen() {
        hideResets();
        stall(Direction.TO_SERVER);
        stall(Direction.TO_CLIENT);
    }

    /** Relays nothing this way any more. */
    void stall(Direction direction) {
        way(direction).outlet().stall();
    }

    /** Stalls a direction on its own writing thread, which holds its sender back from then on. */
    void stallHere(Direction direction) throws InterruptedException {
        stall(direction);
        awaitOver();
    }

    /** Relays nothing any more; asked for on a writing thread. */
    void halfOpenHere() throws InterruptedException {
        halfOpen();
        awaitOver();
    }

    /** Closes both sockets after this time; asked for on a writing thread, which lets nothing through until then. */
    void closeAfter(Duration time) throws InterruptedException {
        pauseUntil(System.nanoTime() + time.toNanos());
        close();
        awaitOver();
    }

    /** Resets both sides after this time; asked for on a writing thread, which lets nothing through until then. */
    void resetAfter(Duration time) throws InterruptedException {
        pauseUntil(System.nanoTime() + time.toNanos());
        reset();
        awaitOver();
    }

    /** Closes both sockets; closing twice is harmless. */
    void close() {
        close(client);
        close(server);
        over.countDown();
        // Those that wait for room or for bytes; those inside a call on a socket came out when it was closed.
        threads.forEach(Thread::interrupt);
        gone.accept(this);
    }

    /** Waits until then, or until the relay is over. */
    void pauseUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0 && over.await(left, TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the connection is over");
        }
    }

    /** Waits until the relay is over. */
    void awaitOver() throws InterruptedException {
        over.await();
        throw new InterruptedException("the connection is over");
    }

    private OneWay way(Direction direction) {
        return Objects.requireNonNull(ways.get(direction));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left that could be done with it.
        }
    }
}

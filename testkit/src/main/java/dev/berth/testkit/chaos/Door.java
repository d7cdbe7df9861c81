package dev.berth.testkit.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/** The listening side of the proxy: accepts clients one by one and connects each to the server. Thread-safe. */
final class Door {
    private static final int ANY_PORT = 0;
    private static final int BACKLOG = 1_024;

    private final InetSocketAddress server;
    private final Set<Relay> live;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final InetSocketAddress address;
    /** Guarded by the lock, as the three below. */
    private ServerSocket listening;
    private boolean shut;
    private boolean closed;
    private boolean arriving;
    /** The acceptor's own. */
    private ToxicPlan plan;

    Door(InetSocketAddress server, ToxicPlan plan, Set<Relay> live) throws IOException {
        this.server = server;
        this.plan = plan;
        this.live = live;
        listening = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), ANY_PORT));
        address = (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /** Starts the acceptor, which ends when the door is closed. */
    void start() {
        Thread.ofPlatform().daemon().name("chaos-" + address.getPort() + "-acceptor").start(this::accept);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Refuses whoever comes. */
    void shut() {
        change(true, closed());
    }

    /** Lets clients in again. */
    void open() {
        change(false, closed());
    }

    /** Refuses whoever comes, for good. */
    void close() {
        change(true, true);
    }

    /**
     * Waits for a client that is on its way through: the server may have accepted it already while it is not yet among the live. Not
     * longer than the door is open.
     */
    void settle() {
        lock.lock();
        try {
            while (arriving && !closed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void arrives(boolean now) {
        lock.lock();
        try {
            arriving = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void change(boolean shuts, boolean closes) {
        lock.lock();
        try {
            shut = shuts;
            closed |= closes;
            if (shut) {
                close(listening);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            for (ServerSocket open; (open = whenOpen()) != null; ) {
                try {
                    relay(open.accept());
                } catch (IOException shutMeanwhile) {
                    // Whether it was, the next round sees.
                }
            }
        } catch (InterruptedException | IOException e) {
            // The port was taken while the door was shut, or the JVM ends: nobody can be let in any more.
            close();
        }
    }

    /** The listening socket, once clients may come; null when they never will. */
    private @Nullable ServerSocket whenOpen() throws InterruptedException, IOException {
        for (Toxic toxic : plan.all().toList()) {
            if (toxic instanceof Toxic.Refuse(Duration time)) {
                refuseFor(time);
            }
        }
        lock.lock();
        try {
            while (shut && !closed) {
                changed.await();
            }
            if (!closed && listening.isClosed()) {
                listening = listen(address);
            }
            return closed ? null : listening;
        } finally {
            lock.unlock();
        }
    }

    private void refuseFor(Duration time) throws InterruptedException {
        lock.lock();
        try {
            close(listening);
            long left = time.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void relay(Socket client) throws IOException {
        ToxicPlan present = plan;
        plan = plan.next();
        if (present.all().anyMatch(toxic -> toxic instanceof Toxic.AcceptThenClose)) {
            close(client);
            return;
        }
        var upstream = new Socket();
        arrives(true);
        try {
            upstream.connect(server);
            upstream.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            begin(client, upstream, present);
        } catch (IOException e) {
            close(client);
            close(upstream);
            throw e;
        } finally {
            arrives(false);
        }
    }

    private void begin(Socket client, Socket upstream, ToxicPlan present) {
        var relay = new Relay(client, upstream, present, live::remove);
        live.add(relay);
        relay.start("chaos-" + address.getPort() + "-" + present.connection());
        if (closed()) {
            // The door was closed while this client came through it.
            relay.reset();
        }
    }

    private static ServerSocket listen(InetSocketAddress where) throws IOException {
        var socket = new ServerSocket();
        try {
            // Connections that the former one accepted may still be there.
            socket.setReuseAddress(true);
            socket.bind(where, BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // Nothing is left that could be done with it.
        }
    }
}

package dev.berth.cli.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * One connection of an attack at a time: plays the script on one virtual thread, and hears how the server ends it on another one.
 * The script may connect again; what became of each connection is kept.
 */
final class Attacker implements Runnable {
    private static final int TINY_BUFFER = 2_048;
    private static final int CONNECT_LIMIT_MILLIS = 2_000;
    private static final int LAST_LOOK_MILLIS = 50;
    private static final int LAST_LOOK_BYTES = 4 << 20;
    private static final int TRICKLE_MILLIS = 200;
    private static final int LISTEN_BYTES = 8 << 10;
    /** A script that leaves comes back so often at most: each time costs this machine a port for a minute. */
    private static final int MOST_VISITS = 40;

    /** Whether the attacker reads what it is sent. */
    enum Ear {
        /** Reads all of it, at once. */
        LISTENS,
        /** Reads a byte now and then, from a tiny receive buffer. */
        TRICKLES,
        /** Reads nothing, and has a tiny receive buffer. */
        DEAF
    }

    private final InetSocketAddress server;
    private final Attack attack;
    private final Speech speech;
    private final Duration duration;
    private final int number;
    private final Queue<Fate> fates = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Socket socket;
    private volatile long connectedAt;
    private volatile boolean left;

    Attacker(InetSocketAddress server, Attack attack, Speech speech, Duration duration, int number) {
        this.server = server;
        this.attack = attack;
        this.speech = speech;
        this.duration = duration;
        this.number = number;
    }

    /** Which one of the attack it is, from 0. */
    int number() {
        return number;
    }

    Speech speech() {
        return speech;
    }

    /** How long the attack lasts. */
    Duration duration() {
        return duration;
    }

    /** What became of its connections. */
    Queue<Fate> fates() {
        return fates;
    }

    @Override
    public void run() {
        try {
            int visits = 0;
            do {
                connection();
                visits++;
            } while (left && visits < MOST_VISITS && !isOver());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the attack's time is over. */
    boolean isOver() {
        return over.getCount() == 0;
    }

    /** Waits; returns false if the attack is over. */
    boolean pause(Duration time) throws InterruptedException {
        return !over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The attack is over: the connection ends, and its threads with it. */
    void end() {
        over.countDown();
        Socket present = socket;
        if (present != null && attack.ear() == Ear.LISTENS) {
            close(present);
        }
    }

    /** Sends bytes, waiting as long as the server does not read. */
    void send(byte... bytes) throws IOException {
        open().getOutputStream().write(bytes);
    }

    /** Ends the own stream. */
    void halfClose() throws IOException {
        open().shutdownOutput();
    }

    /** Goes, by an end or a reset, and comes back. */
    void leave(boolean byReset) throws IOException {
        Socket present = open();
        left = true;
        if (byReset) {
            present.setSoLinger(true, 0);
        }
        present.close();
    }

    private Socket open() throws SocketException {
        Socket present = socket;
        if (present == null) {
            throw new SocketException("not connected");
        }
        return present;
    }

    private void connection() throws InterruptedException {
        left = false;
        Socket fresh = new Socket();
        try (fresh) {
            if (attack.ear() != Ear.LISTENS) {
                fresh.setReceiveBufferSize(TINY_BUFFER);
            }
            fresh.connect(server, CONNECT_LIMIT_MILLIS);
            connectedAt = System.nanoTime();
            socket = fresh;
            if (isOver()) {
                return;
            }
            Thread ear = Thread.ofVirtual().name(Thread.currentThread().getName() + "-ear").start(() -> listen(fresh));
            try {
                attack.script().play(this);
            } catch (IOException ended) {
                // The ear hears how.
            }
            ear.join();
        } catch (IOException refused) {
            fates.add(new Fate(Fate.Kind.REFUSED, Duration.ZERO));
        }
    }

    private void listen(Socket present) {
        Fate.Kind kind;
        try {
            kind = switch (attack.ear()) {
                case LISTENS -> heard(present);
                case TRICKLES -> trickled(present);
                case DEAF -> {
                    over.await();
                    yield lastLook(present);
                }
            };
        } catch (SocketException ended) {
            kind = isOver() ? Fate.Kind.OPEN : left ? Fate.Kind.LEFT : Fate.Kind.RESET;
        } catch (IOException timedOut) {
            kind = Fate.Kind.OPEN;
        } catch (InterruptedException e) {
            return;
        }
        fates.add(new Fate(kind, Duration.ofNanos(System.nanoTime() - connectedAt)));
        if (kind != Fate.Kind.LEFT) {
            // The script may still be writing to it.
            close(present);
        }
    }

    private static Fate.Kind heard(Socket present) throws IOException {
        byte[] bytes = new byte[LISTEN_BYTES];
        while (present.getInputStream().read(bytes) >= 0) {
            // Answers are for the victim to look at.
        }
        return Fate.Kind.CLOSED;
    }

    private Fate.Kind trickled(Socket present) throws IOException, InterruptedException {
        present.setSoTimeout(TRICKLE_MILLIS);
        while (pause(Duration.ofMillis(TRICKLE_MILLIS))) {
            try {
                if (present.getInputStream().read() < 0) {
                    return Fate.Kind.CLOSED;
                }
            } catch (SocketTimeoutException nothingToRead) {
                // Next time, perhaps.
            }
        }
        return lastLook(present);
    }

    /** Whether the server had ended the connection while nobody read: behind what it had sent is its end, or silence. */
    private static Fate.Kind lastLook(Socket present) throws IOException {
        present.setSoTimeout(LAST_LOOK_MILLIS);
        byte[] bytes = new byte[64 << 10];
        int seen = 0;
        try {
            for (int length; seen < LAST_LOOK_BYTES; seen += length) {
                length = present.getInputStream().read(bytes);
                if (length < 0) {
                    return Fate.Kind.CLOSED;
                }
            }
        } catch (SocketTimeoutException silent) {
            return Fate.Kind.OPEN;
        } catch (SocketException reset) {
            return Fate.Kind.RESET;
        }
        return Fate.Kind.OPEN;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left that could be done with it.
        }
    }
}

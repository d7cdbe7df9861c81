package dev.berth.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Deadlines;
import dev.berth.transport.Link;

/**
 * What a client's time brings, seen by the server's timer: signs of life we send, and an end when it is old enough. For that one
 * thread, but for {@link #endBeat}.
 */
final class Lifetime {
    /** Ages differ by so much either way: clients that came together shall not go, and come again, together. */
    private static final double JITTER = 0.1;

    /**
     * What is set.
     *
     * @param maxAge how long a client is served; {@link Deadlines#OFF} for as long as it likes
     * @param heartbeat what is sent when nothing else was; null for nothing
     */
    record Settings(Duration maxAge, @Nullable Heartbeat heartbeat) {
        /** Whether there is anything to see to. */
        boolean areOn() {
            return heartbeat != null || !maxAge.equals(Deadlines.OFF);
        }
    }

    private final Settings settings;
    private final long bornAt;
    private final double share;
    private long quietSince;
    private long writesSeen = -1;
    private final AtomicBoolean beating = new AtomicBoolean();
    private boolean retired;
    private long retiredAt;

    /** A life that begins now; chance, from 0 to 1, is where in the jitter its end is. */
    Lifetime(Settings settings, double chance) {
        this.settings = settings;
        bornAt = System.nanoTime();
        quietSince = bornAt;
        share = 1 - JITTER + 2 * JITTER * chance;
    }

    /** Whether the end is due: true once. */
    boolean isOver(long now) {
        if (retired || settings.maxAge().equals(Deadlines.OFF) || now - bornAt < settings.maxAge().toNanos() * share) {
            return false;
        }
        retired = true;
        retiredAt = now;
        return true;
    }

    /** Whether the client is still here although its end was due so long ago that it must be cut. */
    boolean isOverdue(long now) {
        return retired && now - retiredAt >= TcpServer.SHUTDOWN_DEADLINE.toNanos();
    }

    /** The heartbeat that is due because nothing was sent for so long, and nothing is on its way; null for none. */
    @Nullable Heartbeat due(Link link, long now) {
        Heartbeat heartbeat = settings.heartbeat();
        if (heartbeat == null) {
            return null;
        }
        long writes = link.writes();
        if (writes != writesSeen || link.unsentBytes() > 0) {
            writesSeen = writes;
            quietSince = now;
            return null;
        }
        if (!heartbeat.isDue(now - quietSince)) {
            return null;
        }
        quietSince = now;
        // Our own heartbeat is no sign that others send.
        writesSeen = writes + 1;
        return heartbeat;
    }

    /** Whether no heartbeat is being sent on another thread; then one is. */
    boolean beginBeat() {
        return beating.compareAndSet(false, true);
    }

    /** It was sent, on whatever thread. */
    void endBeat() {
        beating.set(false);
    }
}

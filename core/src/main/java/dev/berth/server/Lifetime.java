package dev.berth.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Deadlines;
import dev.berth.connection.LinkConnection;

/**
 * What a client's time brings, seen by the server's timer: signs of life we send, and an end when it is old enough. For that one
 * thread.
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

    /** Sends a heartbeat if nothing was sent for so long. */
    void beat(LinkConnection<?> connection, long writes, long now) {
        Heartbeat heartbeat = settings.heartbeat();
        if (heartbeat == null) {
            return;
        }
        if (writes != writesSeen) {
            writesSeen = writes;
            quietSince = now;
        } else if (heartbeat.isDue(now - quietSince)) {
            quietSince = now;
            writesSeen = connection.heartbeat(heartbeat.frame()) ? writes + 1 : writes;
        }
    }
}

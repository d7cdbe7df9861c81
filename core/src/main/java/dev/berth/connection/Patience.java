package dev.berth.connection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.transport.CloseReason;
import dev.berth.transport.Link;

/**
 * How long one peer is still waited for. The thread that receives says when it begins and ends to wait; the server's timer judges.
 *
 * <p>Waiting is counted, not time: a handler that receives for a second at a time, and does other things between, does not spare
 * its peer the deadline, and what it does between does not count.
 */
final class Patience {
    private final Link link;
    private final Deadlines deadlines;
    private final boolean on;

    // The receiving thread's own.
    private @Nullable CloseReason lastFor;
    private long since;
    private long spent;

    // Written by the timer: how long the process was paused, all in all.
    private volatile long paused;

    // Written by the receiving thread, the reason last; read by the timer, the reason first.
    private long until;
    private long pausedBefore;
    private long bytesOut;
    private volatile @Nullable CloseReason waitingFor;

    // The timer's own: until when a peer that listens may stay.
    private long stays;
    private long stayedWith = -1;

    Patience(Link link, Deadlines deadlines) {
        this.link = link;
        this.deadlines = deadlines;
        on = deadlines.areOn();
    }

    /** Begins to wait for more of a frame, or for the next one. */
    void begin(boolean insideFrame) {
        if (!on) {
            return;
        }
        CloseReason now = insideFrame ? CloseReason.FRAME_TIMEOUT
                : link.bytesIn() == 0 ? CloseReason.FIRST_BYTE_TIMEOUT : CloseReason.IDLE_TIMEOUT;
        if (now != lastFor) {
            lastFor = now;
            spent = 0;
            pausedBefore = paused;
        }
        Duration limit = limit(now);
        if (!limit.equals(Deadlines.OFF)) {
            since = System.nanoTime();
            until = since + limit.toNanos() - spent;
            // Where the waiting goes on, what was sent between is among what the peer takes.
            if (spent == 0 && deadlines.listenersStay()) {
                bytesOut = link.bytesOut();
            }
            waitingFor = now;
        }
    }

    /** Ends to wait; says whether bytes came. */
    void end(boolean received) {
        if (waitingFor != null) {
            // Bytes do not spare a peer the end of the frame that it has begun.
            boolean goesOn = !received || lastFor == CloseReason.FRAME_TIMEOUT;
            waitingFor = null;
            spent = goesOn ? spent + System.nanoTime() - since : 0;
            pausedBefore = goesOn ? pausedBefore : paused;
        }
    }

    /** A frame is complete: the next one has all its time. */
    void frameEnded() {
        lastFor = null;
    }

    /** The process was paused for so long: it is not the peer who was waited for then. For the timer's one thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread's
    void excuse(long nanos) {
        paused += nanos;
    }

    private boolean isLate(long now) {
        return now - until - (paused - pausedBefore) >= 0;
    }

    /** Cuts the peer if it was waited for too long; for the timer's one thread. */
    void judge(long now) {
        CloseReason why = waitingFor;
        if (why == null || !isLate(now) || link.available() > 0 || mayStay(why, now)) {
            return;
        }
        // What had come may have been taken before it was asked for: then this wait is over, or another one.
        if (why == waitingFor && isLate(now)) {
            link.abort(why);
        }
    }

    private boolean mayStay(CloseReason why, long now) {
        if (why != CloseReason.IDLE_TIMEOUT || !deadlines.listenersStay()) {
            return false;
        }
        if (link.unsentBytes() > 0) {
            // Whether the peer takes it is judged by the write timeout.
            return true;
        }
        long sent = link.bytesOut();
        if (sent != stayedWith && sent != bytesOut) {
            stayedWith = sent;
            stays = now + deadlines.idle().toNanos();
        }
        return sent == stayedWith && now - stays < 0;
    }

    private Duration limit(CloseReason why) {
        return switch (why) {
            case FIRST_BYTE_TIMEOUT -> deadlines.firstByte();
            case FRAME_TIMEOUT -> deadlines.frame();
            default -> deadlines.idle();
        };
    }
}

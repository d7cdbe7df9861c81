package dev.berth.connection;

import java.net.SocketTimeoutException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.transport.Link;

/**
 * How fast one peer's input is taken: a peer that sends faster is read later, so that its own sending waits, and loses
 * nothing. As much as is allowed in a second may come at once.
 *
 * <p>Used by the one thread that receives. What has been received is paid for before more is read, whether it made frames or
 * not; but a frame that has begun is read whole. So one read, or one frame, may exceed the rate, and is made up for by the wait
 * behind it.
 */
public final class Pace {
    /** As fast as it comes. */
    public static final Pace NONE = new Pace(Integer.MAX_VALUE, Integer.MAX_VALUE, 0);

    private static final long SECOND = 1_000_000_000;
    /** A century is as good as for ever, and two of them fit into a long. */
    private static final long MOST_SECONDS = 3_155_760_000L;
    /** How long at most an end that somebody asks for goes unnoticed. */
    private static final long LOOK_NANOS = 50_000_000;

    private final int framesPerSecond;
    private final int bytesPerSecond;
    private long frames;
    private long bytes;
    // When what was received so far would have come at the rate allowed.
    private long framesDue;
    private long bytesDue;

    Pace(int framesPerSecond, int bytesPerSecond, long now) {
        this.framesPerSecond = framesPerSecond;
        this.bytesPerSecond = bytesPerSecond;
        framesDue = now;
        bytesDue = now;
    }

    /** So many frames and bytes a second; {@link Integer#MAX_VALUE} for no limit. */
    public static Pace of(int framesPerSecond, int bytesPerSecond) {
        return framesPerSecond == Integer.MAX_VALUE && bytesPerSecond == Integer.MAX_VALUE
                ? NONE
                : new Pace(framesPerSecond, bytesPerSecond, System.nanoTime());
    }

    /**
     * Waits until more may be read of a peer that has sent so many frames in all; not for a link that is to end.
     *
     * @param limit how long at most; null waits without limit
     * @return what is left of the limit
     * @throws SocketTimeoutException if more may not be read within the limit
     */
    public @Nullable Duration await(Link link, long received, @Nullable Duration limit) throws SocketTimeoutException {
        if (equals(NONE)) {
            return limit;
        }
        long start = System.nanoTime();
        long wait = debt(received, link.bytesIn(), start);
        long end = start + (limit == null ? wait : Math.min(wait, limit.toNanos()));
        for (long left; (left = end - System.nanoTime()) > 0 && !link.isAborted() && !link.isInputEnded(); ) {
            try {
                Thread.sleep(Duration.ofNanos(Math.min(left, LOOK_NANOS)));
            } catch (InterruptedException e) {
                // The next read ends the connection for it, as it would have without a wait before.
                Thread.currentThread().interrupt();
                return limit;
            }
        }
        if (limit == null) {
            return null;
        }
        if (wait > limit.toNanos()) {
            throw new SocketTimeoutException("nothing received within " + limit);
        }
        var left = limit.minusNanos(System.nanoTime() - start);
        return left.isPositive() ? left : Duration.ZERO;
    }

    /** How many nanoseconds nothing more may be read, after so much was received in all. */
    long debt(long framesReceived, long bytesReceived, long now) {
        framesDue = due(framesDue, framesReceived - frames, framesPerSecond, now);
        bytesDue = due(bytesDue, bytesReceived - bytes, bytesPerSecond, now);
        frames = framesReceived;
        bytes = bytesReceived;
        return Math.max(0, Math.max(framesDue - now, bytesDue - now) - SECOND);
    }

    private static long due(long due, long count, int perSecond, long now) {
        long seconds = Math.min(count / perSecond, MOST_SECONDS);
        long more = seconds * SECOND + count % perSecond * SECOND / perSecond;
        return now + Math.min(Math.max(0, due - now) + more, MOST_SECONDS * SECOND);
    }
}

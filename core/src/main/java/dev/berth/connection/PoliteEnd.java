package dev.berth.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.berth.transport.CloseReason;
import dev.berth.transport.Link;

/**
 * How a connection is ended so that its peer gets our last bytes: once, whoever asks first, and nobody who asks returns before.
 *
 * <p>Thread-safe.
 */
final class PoliteEnd {
    /** How long our last bytes may take. */
    static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);

    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int LINGER_BYTES = 1 << 20;

    private final Link link;
    private final Inbound inbound;
    /** Comes to zero when the socket is closed; null until somebody asks for the end. */
    private final AtomicReference<@Nullable CountDownLatch> ending = new AtomicReference<>();

    PoliteEnd(Link link, Inbound inbound) {
        this.link = link;
        this.inbound = inbound;
    }

    /** Whether somebody has asked for it. */
    boolean hasBegun() {
        return ending.get() != null;
    }

    /**
     * Flushes, lets the peer see the end of the stream, and reads on for a while where it has sent more than was read: bytes left
     * unread would turn our end into a reset that overtakes our last bytes. The socket is closed when it returns.
     */
    void end(boolean peerMayBeSending) {
        var ours = new CountDownLatch(1);
        var others = ending.compareAndExchange(null, ours);
        if (others != null && isOver(others)) {
            return;
        }
        try {
            flushAndLinger(peerMayBeSending);
        } finally {
            link.abort(CloseReason.COMPLETED);
            link.close();
            ours.countDown();
        }
    }

    private void flushAndLinger(boolean peerMayBeSending) {
        link.reason(CloseReason.COMPLETED);
        try {
            link.shutdownOutput(FLUSH_LIMIT);
            if ((peerMayBeSending || inbound.hasLeftOver()) && inbound.enter()) {
                link.discard(LINGER, LINGER_BYTES);
            }
        } catch (IOException alreadyGone) {
            // Noted as the link's reason, or the peer goes on sending: the socket is given back either way.
        }
    }

    /**
     * Waits for whoever ends it already, for as long as that may take. Who waits in vain, because a stack has ended or it was
     * interrupted itself, ends it once more.
     */
    private static boolean isOver(CountDownLatch others) {
        try {
            return others.await(FLUSH_LIMIT.plus(LINGER).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

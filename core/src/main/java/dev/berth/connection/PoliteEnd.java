package dev.berth.connection;

import java.io.IOException;
import java.time.Duration;

import dev.berth.transport.CloseReason;
import dev.berth.transport.Link;

/** How a connection is ended so that its peer gets our last bytes. */
final class PoliteEnd {
    /** How long our last bytes may take. */
    static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);

    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int LINGER_BYTES = 1 << 20;

    private PoliteEnd() {}

    /**
     * Flushes, lets the peer see the end of the stream, and reads on for a while where it has sent more than was read: bytes left
     * unread would turn our end into a reset that overtakes our last bytes. The socket is closed when it returns.
     */
    static void of(Link link, Inbound inbound, boolean peerMayBeSending) {
        link.reason(CloseReason.COMPLETED);
        try {
            link.shutdownOutput(FLUSH_LIMIT);
            if ((peerMayBeSending || inbound.hasLeftOver()) && inbound.enter()) {
                link.discard(LINGER, LINGER_BYTES);
            }
        } catch (IOException alreadyGone) {
            // Noted as the link's reason, or the peer goes on sending: the socket is given back either way.
        } finally {
            link.abort(CloseReason.COMPLETED);
            link.close();
        }
    }
}

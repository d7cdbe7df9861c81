package dev.berth.cli.links;

import java.io.IOException;
import java.time.Duration;

import dev.berth.connection.Connection;
import dev.berth.connection.FrameTap;
import dev.berth.connection.LinkConnection;
import dev.berth.framing.FrameView;
import dev.berth.transport.CloseReason;
import dev.berth.transport.Link;

/**
 * A client as two streams of bytes. Each direction waits for nobody but its own reader, and ends alone; a handler that uses it
 * leaves the connection's own methods alone.
 *
 * <p>One thread reads, one writes; they may be two.
 */
public record RawClient(Connection<?> connection, Link link, FrameTap tap) {
    /** How long the last bytes may take before an end. */
    public static final Duration LAST_BYTES = Duration.ofSeconds(10);

    /** The client whose own thread asks. */
    public static RawClient ofThisThread(Connection<?> connection, FrameTap tap) {
        return new RawClient(connection, ServedLinks.ofThisClient(), tap);
    }

    /** Reads what comes next; returns false at the end of the client's stream. */
    public boolean read(ReadBuffer target) throws IOException {
        boolean more = connection instanceof LinkConnection<?> live ? target.fill(live) : target.fill(link);
        if (more && !tap.equals(FrameTap.NONE)) {
            FrameView view = FrameView.of(target.array(), 0, target.length());
            tap.received(connection, view);
            view.expire();
        }
        return more;
    }

    /** Says that the present thread writes: it waits where the client does not read. */
    public void writtenFromHere() {
        link.owner(Thread.currentThread());
    }

    /** Sends the first bytes of an array, and returns once they are with the kernel. */
    public void write(byte[] bytes, int length) throws IOException {
        if (!tap.equals(FrameTap.NONE)) {
            FrameView view = FrameView.of(bytes, 0, length);
            tap.sent(connection, view);
            view.expire();
        }
        link.write(bytes, 0, length);
        link.flush();
    }

    /** Tells the client that nothing more will come; what it sends can still be read. */
    public void endOutput() throws IOException {
        link.shutdownOutput(LAST_BYTES);
    }

    /** Why the client's stream has ended: by the client, or because the server drains. */
    public CloseReason whyInputEnded() {
        return link.isInputEnded() ? CloseReason.DRAINED : CloseReason.PEER_CLOSED;
    }
}

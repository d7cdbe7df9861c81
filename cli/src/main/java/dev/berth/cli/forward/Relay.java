package dev.berth.cli.forward;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.links.RawClient;
import dev.berth.cli.links.ReadBuffer;
import dev.berth.cli.serving.ClientLog;
import dev.berth.transport.CloseReason;
import dev.berth.transport.Link;

/**
 * One client and its connection to the server behind. The client's own thread moves what the server says, a second one what the
 * client says; each direction ends alone, waits for nobody but its own reader, and a reset is passed on.
 */
final class Relay {
    private final RawClient client;
    private final Link upstream;
    private final ClientLog log;
    private final AtomicReference<@Nullable CloseReason> firstEnd = new AtomicReference<>();

    Relay(RawClient client, Link upstream, ClientLog log) {
        this.client = client;
        this.upstream = upstream;
        this.log = log;
    }

    /** Moves bytes until both directions have ended, or one side is gone; both sockets are done with when it returns. */
    void run() throws InterruptedException {
        try {
            client.writtenFromHere();
            Thread sending = Thread.ofVirtual().name("berth-forward-" + client.connection().id()).start(this::moveUp);
            moveDown();
            sending.join();
            CloseReason first = firstEnd.get();
            client.link().reason(first == null ? CloseReason.COMPLETED : first);
            upstream.reason(CloseReason.COMPLETED);
        } finally {
            // Where the server cuts its client, the other thread is still here: closing ends what it waits for.
            reset();
            client.link().abort(CloseReason.COMPLETED);
        }
    }

    private void moveUp() {
        upstream.owner(Thread.currentThread());
        ReadBuffer bytes = new ReadBuffer();
        try {
            while (client.read(bytes)) {
                log.spoke(client.connection().id());
                upstream.write(bytes.array(), 0, bytes.length());
                upstream.flush();
            }
            firstEnd.compareAndSet(null, client.whyInputEnded());
            upstream.shutdownOutput(RawClient.LAST_BYTES);
        } catch (IOException e) {
            reset();
        }
    }

    private void moveDown() {
        ReadBuffer bytes = new ReadBuffer();
        try {
            while (bytes.fill(upstream)) {
                client.write(bytes.array(), bytes.length());
            }
            firstEnd.compareAndSet(null, CloseReason.COMPLETED);
            client.endOutput();
        } catch (IOException e) {
            reset();
        }
    }

    /**
     * One side is gone, so both are. The other is closed with a reset, and without an end of stream before it, which it would take
     * for a clean one. Harmless for a side that has a reason already.
     */
    private void reset() {
        if (upstream.reason() == CloseReason.PEER_RESET && client.link().reason() == null) {
            log.remark(client.connection().id(), "the server behind reset the connection");
        }
        client.link().reason(CloseReason.ABORTED);
        client.link().close();
        upstream.reason(CloseReason.ABORTED);
        upstream.close();
    }
}

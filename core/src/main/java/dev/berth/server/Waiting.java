package dev.berth.server;

import java.io.IOException;

import dev.berth.connection.LinkConnection;
import dev.berth.transport.Link;

/**
 * A client's time in the queue, on its own thread: from the ticket drawn to the ticket settled.
 *
 * @param link its bytes, watched for whether it leaves
 * @param ticket its claim to a place
 * @param serving what the server works with
 * @param connection what the queue notice goes through
 */
record Waiting<T>(Link link, Ticket ticket, Serving<T> serving, LinkConnection<T> connection) {
    /** How much of a waiting client's input is read ahead. */
    private static final int READ_AHEAD_BYTES = 256;

    private static final int PARTS = 8;

    /** Waits for the ticket, watching whether the client leaves. Whatever happens, the ticket is settled when it returns. */
    void untilSettled() {
        try {
            link.readAhead(READ_AHEAD_BYTES, () -> leave(RefuseReason.LEFT));
            serving.events().waiting(connection.id(), connection.remoteAddress(), ticket.position());
            // The observer may have left one; nobody else interrupts who waits.
            Thread.interrupted();
            sayPosition();
            if (!isSettledInTime()) {
                leave(RefuseReason.QUEUE_TIMEOUT);
            }
        } catch (IOException gone) {
            leave(RefuseReason.LEFT);
        } catch (Throwable e) {
            // The notice threw, or there was no memory: a ticket left behind would become a place that nobody has.
            leave(RefuseReason.FAILED);
            serving.events().handlerFailed(connection.id(), connection.remoteAddress(), e);
        }
    }

    /** In parts: of a pause of the whole process, whatever its length, no more than one of them counts. */
    private boolean isSettledInTime() throws InterruptedException {
        var part = serving.settings().queueTimeout().dividedBy(PARTS);
        for (int i = 0; i < PARTS; i++) {
            if (ticket.await(part)) {
                return true;
            }
        }
        return false;
    }

    private void sayPosition() throws IOException {
        var notice = serving.settings().queueNotice();
        if (notice != null) {
            connection.send(notice.apply(ticket.position()));
            connection.flush();
        }
    }

    private void leave(RefuseReason reason) {
        serving.admission().leave(ticket, reason);
    }
}

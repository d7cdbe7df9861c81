package dev.berth.server;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.berth.transport.CloseReason;

/**
 * Who gets a place, who waits, who is refused; and the ledger of all of them.
 *
 * <p>Thread-safe. One lock guards the counts and the queue, so both limits are exact, order is the order of
 * {@link #offer}, and every {@link #ledger} balances. Nothing waits and nobody is called under it.
 */
final class Admission {

    /** The counts of one moment: {@code accepted = refused + waiting + live + closed}. */
    record Ledger(
            long accepted,
            long refused,
            int waiting,
            int live,
            long closed,
            Map<RefuseReason, Long> refusedBy,
            Map<CloseReason, Long> closedBy) {}

    private final int maxConnections;
    private final int maxQueued;
    private final WhenFull whenFull;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private final SequencedSet<Ticket> queue = new LinkedHashSet<>();
    private final Map<RefuseReason, Long> refusedBy = new EnumMap<>(RefuseReason.class);
    private final Map<CloseReason, Long> closedBy = new EnumMap<>(CloseReason.class);
    private long accepted;
    private long refused;
    private long closed;
    private int live;
    private @Nullable RefuseReason shut;

    Admission(int maxConnections, int maxQueued, WhenFull whenFull) {
        this.maxConnections = maxConnections;
        this.maxQueued = maxQueued;
        this.whenFull = whenFull;
    }

    /** Takes in the next client, in one step: it has a place, waits for one, or is refused. */
    Ticket offer() {
        lock.lock();
        try {
            accepted++;
            if (shut != null) {
                return refused(new Ticket(0), shut);
            }
            if (live < maxConnections) {
                live++;
                var ticket = new Ticket(0);
                ticket.admit();
                return ticket;
            }
            return whenFull == WhenFull.REFUSE ? refused(new Ticket(0), RefuseReason.FULL) : enqueue();
        } finally {
            lock.unlock();
        }
    }

    private Ticket enqueue() {
        if (maxQueued == 0) {
            return refused(new Ticket(0), RefuseReason.QUEUE_FULL);
        }
        int room = whenFull == WhenFull.REPLACE ? Math.min(maxQueued, maxConnections) : maxQueued;
        if (queue.size() == room) {
            if (whenFull != WhenFull.REPLACE) {
                return refused(new Ticket(0), RefuseReason.QUEUE_FULL);
            }
            // Every place is already promised to a newcomer: the newest wins, so the oldest of them goes.
            refused(queue.removeFirst(), RefuseReason.REPLACED);
        }
        var ticket = new Ticket(queue.size() + 1);
        queue.addLast(ticket);
        return ticket;
    }

    /** Takes a waiting client out. Returns whether it was still waiting; if not, its ticket says what it got. */
    boolean leave(Ticket ticket, RefuseReason reason) {
        lock.lock();
        try {
            if (!queue.remove(ticket)) {
                return false;
            }
            refused(ticket, reason);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back; the first who waits gets it in the same step. */
    void release(CloseReason reason) {
        lock.lock();
        try {
            closed++;
            closedBy.merge(reason, 1L, Long::sum);
            if (queue.isEmpty()) {
                live--;
            } else {
                queue.removeFirst().admit();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses everybody who waits and everybody who comes; a second call changes nothing. */
    void shut(RefuseReason reason) {
        lock.lock();
        try {
            if (shut == null) {
                shut = reason;
            }
            while (!queue.isEmpty()) {
                refused(queue.removeFirst(), reason);
            }
        } finally {
            lock.unlock();
        }
    }

    Ledger ledger() {
        lock.lock();
        try {
            return new Ledger(
                    accepted, refused, queue.size(), live, closed, new EnumMap<>(refusedBy), new EnumMap<>(closedBy));
        } finally {
            lock.unlock();
        }
    }

    private Ticket refused(Ticket ticket, RefuseReason reason) {
        refused++;
        refusedBy.merge(reason, 1L, Long::sum);
        ticket.refuse(reason);
        return ticket;
    }
}

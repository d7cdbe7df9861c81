package dev.berth.server;

import java.net.InetAddress;
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

    private final WhenFull whenFull;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Limits limits;

    // Guarded by lock.
    private final Sources sources;
    private final SequencedSet<Ticket> queue = new LinkedHashSet<>();
    private final Map<RefuseReason, Long> refusedBy = new EnumMap<>(RefuseReason.class);
    private final Map<CloseReason, Long> closedBy = new EnumMap<>(CloseReason.class);
    private long accepted;
    private long refused;
    private long closed;
    private int live;

    /** Written under the lock; read by any. */
    private volatile @Nullable RefuseReason shut;

    Admission(Limits limits, WhenFull whenFull) {
        this.limits = limits;
        this.whenFull = whenFull;
        sources = new Sources(limits);
    }

    Limits limits() {
        return limits;
    }

    /** Decides by other limits from here on. Who is here stays; who waits enters if there is more room. */
    void limits(Limits next) {
        lock.lock();
        try {
            limits = next;
            sources.limits(next);
            admitWaiting();
        } finally {
            lock.unlock();
        }
    }

    /** Takes in the next client, in one step: it has a place, waits for one, or is refused. */
    Ticket offer(InetAddress peer) {
        var source = Source.of(peer);
        // Before the lock: the lists may be long, and who reads them needs no count.
        var read = limits;
        var barred = read.barred(peer);
        lock.lock();
        try {
            if (!limits.equals(read)) {
                // Changed meanwhile, which is rare: nobody is let in by the old lists and the new counts.
                barred = limits.barred(peer);
            }
            accepted++;
            var refusal = shut != null ? shut : barred != null ? barred : sources.refusal(source, System.nanoTime());
            if (refusal != null) {
                return refused(new Ticket(source, 0), refusal);
            }
            if (live < limits.maxConnections()) {
                live++;
                var ticket = counted(new Ticket(source, 0));
                ticket.admit();
                return ticket;
            }
            return whenFull == WhenFull.REFUSE ? refused(new Ticket(source, 0), RefuseReason.FULL) : enqueue(source);
        } finally {
            lock.unlock();
        }
    }

    private Ticket enqueue(Source source) {
        int maxQueued = limits.maxQueued();
        int room = whenFull == WhenFull.REPLACE ? Math.min(maxQueued, limits.maxConnections()) : maxQueued;
        while (queue.size() >= room) {
            if (whenFull != WhenFull.REPLACE) {
                return refused(new Ticket(source, 0), RefuseReason.QUEUE_FULL);
            }
            // Every place is already promised to a newcomer: the newest wins, so the oldest of them goes.
            dismissed(queue.removeFirst(), RefuseReason.REPLACED);
        }
        var ticket = counted(new Ticket(source, queue.size() + 1));
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
            dismissed(ticket, reason);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back; the first who waits gets it in the same step. */
    void release(Ticket ticket, CloseReason reason) {
        lock.lock();
        try {
            closed++;
            closedBy.merge(reason, 1L, Long::sum);
            live--;
            sources.remove(ticket.source());
            admitWaiting();
        } finally {
            lock.unlock();
        }
    }

    private void admitWaiting() {
        while (live < limits.maxConnections() && !queue.isEmpty()) {
            live++;
            queue.removeFirst().admit();
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
                dismissed(queue.removeFirst(), reason);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #shut} was called. */
    boolean isShut() {
        return shut != null;
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

    private Ticket counted(Ticket ticket) {
        sources.add(ticket.source());
        return ticket;
    }

    /** Refuses one that has waited, and so was counted for its source. */
    private void dismissed(Ticket ticket, RefuseReason reason) {
        sources.remove(ticket.source());
        refused(ticket, reason);
    }

    private Ticket refused(Ticket ticket, RefuseReason reason) {
        refused++;
        refusedBy.merge(reason, 1L, Long::sum);
        ticket.refuse(reason);
        return ticket;
    }
}

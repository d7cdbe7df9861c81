package dev.berth.server;

import java.net.InetAddress;
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
 * {@link #offer}, and every {@link #ledger} balances. Nothing waits and nobody is called under it. Memory is taken before anything is
 * counted, and none to leave or to give a place back: where it runs out, no place is lost, and the ledger balances even so.
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
    private final ReasonCounts<RefuseReason> refusedBy = new ReasonCounts<>(RefuseReason.class);
    private final ReasonCounts<CloseReason> closedBy = new ReasonCounts<>(CloseReason.class);
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
            var refusal = shut != null ? shut : barred != null ? barred : sources.refusal(source, System.nanoTime());
            if (refusal != null) {
                return turnedAway(source, refusal);
            }
            if (live < limits.maxConnections()) {
                var ticket = new Ticket(source, 0);
                sources.add(source);
                accepted++;
                live++;
                ticket.admit();
                return ticket;
            }
            return whenFull == WhenFull.REFUSE ? turnedAway(source, RefuseReason.FULL) : enqueue(source);
        } finally {
            lock.unlock();
        }
    }

    private Ticket enqueue(Source source) {
        int maxQueued = limits.maxQueued();
        int room = whenFull == WhenFull.REPLACE ? Math.min(maxQueued, limits.maxConnections()) : maxQueued;
        while (queue.size() >= room) {
            if (whenFull != WhenFull.REPLACE) {
                return turnedAway(source, RefuseReason.QUEUE_FULL);
            }
            // Every place is already promised to a newcomer: the newest wins, so the oldest of them goes.
            dismissed(first(), RefuseReason.REPLACED);
        }
        var ticket = new Ticket(source, queue.size() + 1);
        sources.add(source);
        try {
            queue.addLast(ticket);
        } catch (Throwable e) {
            queue.remove(ticket);
            sources.remove(source);
            throw e;
        }
        accepted++;
        return ticket;
    }

    /** The first who waits, taken out of the queue. */
    private Ticket first() {
        var first = queue.getFirst();
        queue.remove(first);
        return first;
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
            closedBy.count(reason);
            live--;
            sources.remove(ticket.source());
            admitWaiting();
        } finally {
            lock.unlock();
        }
    }

    private void admitWaiting() {
        while (live < limits.maxConnections() && !queue.isEmpty()) {
            var next = first();
            live++;
            next.admit();
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
                dismissed(first(), reason);
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
            return new Ledger(accepted, refused, queue.size(), live, closed, refusedBy.given(), closedBy.given());
        } finally {
            lock.unlock();
        }
    }

    /** Refuses one that comes. */
    private Ticket turnedAway(Source source, RefuseReason reason) {
        var ticket = new Ticket(source, 0);
        accepted++;
        refused(ticket, reason);
        return ticket;
    }

    /** Refuses one that has waited, and so was counted for its source. */
    private void dismissed(Ticket ticket, RefuseReason reason) {
        sources.remove(ticket.source());
        refused(ticket, reason);
    }

    private void refused(Ticket ticket, RefuseReason reason) {
        refused++;
        refusedBy.count(reason);
        ticket.refuse(reason);
    }
}

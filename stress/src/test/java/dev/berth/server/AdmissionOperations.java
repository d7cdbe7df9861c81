package dev.berth.server;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;

import dev.berth.transport.CloseReason;

/**
 * What the threads of a server do to its admission: acceptors offer, clients' own threads end, whoever reads ahead takes out who
 * has left, an operator changes the limits. {@link AdmissionModel} says what each of them must see.
 *
 * <p>Each thread ends only clients that it has itself: that is how a server is built, and it keeps this class from ordering what
 * it is to try.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "waiting", gen = IntGen.class, conf = "1:2")
@Param(name = "few", gen = IntGen.class, conf = "1:2")
@Param(name = "nobody", gen = BooleanGen.class)
public abstract class AdmissionOperations {
    static final int MAX_THREADS = 4;
    static final int MAX_PER_IP = 4;

    private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.1");
    private static final Cidr ALL = Cidr.of("0.0.0.0/0");

    private final WhenFull whenFull;
    private final ReentrantLock opening = new ReentrantLock();
    private final List<Deque<Ticket>> own =
            Stream.<Deque<Ticket>>generate(ArrayDeque::new).limit(MAX_THREADS).toList();
    private @Nullable Opened opened;
    private boolean isServed = true;

    /** An admission with one client in the only place, and two that wait; one more may wait. */
    private record Opened(Admission admission, Ticket served, List<Ticket> waiting) {}

    AdmissionOperations(WhenFull whenFull) {
        this.whenFull = whenFull;
    }

    /** Made by the first call, not before: Lincheck gives objects other hash codes inside calls than outside. */
    private Opened opened() {
        opening.lock();
        try {
            var before = opened;
            if (before != null) {
                return before;
            }
            var admission = new Admission(limits(1, 3, false), whenFull);
            var served = admission.offer(PEER);
            var first = new Opened(admission, served, List.of(admission.offer(PEER), admission.offer(PEER)));
            opened = first;
            return first;
        } finally {
            opening.unlock();
        }
    }

    private Admission admission() {
        return opened().admission();
    }

    private static Limits limits(int maxConnections, int maxQueued, boolean nobody) {
        var limits = Limits.DEFAULT.maxConnections(maxConnections).maxQueued(maxQueued).maxPerIp(MAX_PER_IP);
        return nobody ? limits.deny(ALL) : limits;
    }

    /** The next client comes. */
    @Operation
    public String offer(@Param(name = "thread") int thread) {
        var ticket = admission().offer(PEER);
        own.get(thread).add(ticket);
        // Who waits may be settled by others from here on: only its position stays.
        return ticket.position() > 0 ? "waits at " + ticket.position() : String.valueOf(ticket.refusal());
    }

    /** The thread's oldest client waits no longer, or ends. */
    @Operation
    public String end(@Param(name = "thread") int thread) {
        var ticket = own.get(thread).poll();
        return ticket == null ? "nobody" : end(ticket);
    }

    private String end(Ticket ticket) {
        if (admission().leave(ticket, RefuseReason.QUEUE_TIMEOUT)) {
            return "timed out";
        }
        var refusal = ticket.refusal();
        if (refusal != null) {
            return refusal.name();
        }
        admission().release(ticket, CloseReason.PEER_CLOSED);
        return "ended";
    }

    /** One of the two that waited first is seen to have left. */
    @Operation
    public boolean leave(@Param(name = "waiting") int who) {
        return admission().leave(opened().waiting().get(who - 1), RefuseReason.LEFT);
    }

    /** The one that was served first ends. */
    @Operation(nonParallelGroup = "served")
    public boolean release() {
        boolean was = isServed;
        if (was) {
            isServed = false;
            admission().release(opened().served(), CloseReason.PEER_CLOSED);
        }
        return was;
    }

    /** An operator allows more or fewer clients, or none at all to come. */
    @Operation
    public void limit(
            @Param(name = "few") int maxConnections,
            @Param(name = "few") int maxQueued,
            @Param(name = "nobody") boolean nobody) {
        admission().limits(limits(maxConnections, maxQueued, nobody));
    }

    /** The server stops. */
    @Operation
    public void shut() {
        admission().shut(RefuseReason.DRAINING);
    }

    /** Who is where. */
    @Operation
    public String ledger() {
        var ledger = admission().ledger();
        return ledger.accepted() + " = " + ledger.refused() + " refused + " + ledger.waiting() + " waiting + " + ledger.live()
                + " live + " + ledger.closed() + " closed";
    }

    /** Where the next client waits for a place. */
    public static final class Waiting extends AdmissionOperations {
        /** As Lincheck makes it. */
        public Waiting() {
            super(WhenFull.WAIT);
        }
    }

    /** Where the next client replaces another. */
    public static final class Replacing extends AdmissionOperations {
        /** As Lincheck makes it. */
        public Replacing() {
            super(WhenFull.REPLACE);
        }
    }
}

package dev.berth.acceptance.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

import dev.berth.connection.Connection;
import dev.berth.connection.ConnectionSnapshot;
import dev.berth.server.Closed;
import dev.berth.server.RefuseReason;
import dev.berth.server.ServerEvents;
import dev.berth.server.ServerSnapshot;

/**
 * What a server told of each of its clients, counted beside what the server itself counts.
 *
 * <p>Thread-safe. What is told now and then, {@code acceptFailed} and {@code starved}, is also said to the parent process.
 */
final class Ledger implements ServerEvents {
    private static final int MOST_CLIENTS = 2_000_000;

    private final Map<String, LongAdder> told = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    /** Whose end was told, by number; a bit for each client, all there from the beginning so that it is no growth. */
    private final BitSet ended = new BitSet(MOST_CLIENTS);

    @Override
    public void waiting(long id, InetSocketAddress peer, int position) {
        count("waited");
    }

    @Override
    public void opened(Connection<?> client) {
        count("opened");
    }

    @Override
    public void refused(long id, InetSocketAddress peer, RefuseReason reason) {
        count("refused." + reason);
        end(id);
    }

    @Override
    public void closed(Closed closed) {
        count("closed." + closed.reason());
        end(closed.id());
    }

    @Override
    public void handlerFailed(long id, InetSocketAddress peer, Throwable error) {
        count("handlerFailed");
    }

    @Override
    public void abandoned(long id, InetSocketAddress peer, List<StackTraceElement> stack) {
        count("abandoned");
    }

    @Override
    public void acceptFailed(IOException error, long failures, Duration pause) {
        count("acceptFailed");
        Target.say("acceptFailed " + System.currentTimeMillis());
    }

    @Override
    public void starved(Duration waited, boolean relieved) {
        count("starved");
        Target.say("starved " + waited.toMillis() + " " + relieved);
    }

    private void count(String what) {
        told.computeIfAbsent(what, key -> new LongAdder()).increment();
    }

    private void end(long id) {
        boolean twice;
        lock.lock();
        try {
            twice = ended.get(Math.toIntExact(id));
            ended.set(Math.toIntExact(id));
        } finally {
            lock.unlock();
        }
        if (twice) {
            count("endedTwice");
        }
    }

    /**
     * Both, by name: what the server counted in this snapshot ({@code framesOut} are those of clients that are here), and {@code told.}
     * what it told until a little later.
     */
    Map<String, Long> with(ServerSnapshot snapshot) {
        var all = new TreeMap<String, Long>();
        all.put("accepted", snapshot.accepted());
        all.put("refused", snapshot.refused());
        all.put("waiting", (long) snapshot.waiting());
        all.put("live", (long) snapshot.live());
        all.put("closed", snapshot.closed());
        all.put("acceptErrors", snapshot.acceptErrors());
        all.put("observerFailures", snapshot.observerFailures());
        all.put("clients", (long) snapshot.clients().size());
        all.put("framesOut", snapshot.clients().stream().mapToLong(ConnectionSnapshot::framesOut).sum());
        snapshot.refusedBy().forEach((reason, count) -> all.put("refused." + reason, count));
        snapshot.closedBy().forEach((reason, count) -> all.put("closed." + reason, count));
        told.forEach((what, count) -> all.put("told." + what, count.sum()));
        return all;
    }
}

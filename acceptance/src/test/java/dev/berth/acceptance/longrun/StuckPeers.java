package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.berth.acceptance.hostile.Kind;
import dev.berth.acceptance.hostile.Mob;
import dev.berth.acceptance.hostile.TwoPorts;
import dev.berth.connection.Connection;
import dev.berth.server.Closed;
import dev.berth.server.RefuseReason;
import dev.berth.server.ServerEvents;
import dev.berth.server.TcpServer;

/**
 * How long each of many stuck peers holds its place, from the moment it is stuck to the moment the place is free.
 *
 * <p>Thread-safe: the server tells it from its clients' threads.
 */
final class StuckPeers implements ServerEvents {
    static final int MAX_FRAME = 64 << 10;
    private static final String LOAD = "x".repeat(10_000);
    /** The system takes 4 MiB at most on a peer's behalf, an output holds as much. */
    private static final int MUCH = 6 << 20;

    private static final Duration BETWEEN_ARRIVALS = Duration.ofMillis(10);
    private static final Duration CALM = Duration.ofSeconds(1);

    private final int peers;
    private final Map<Long, Long> stuckSince = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Duration> held = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> reasons = Collections.synchronizedMap(new TreeMap<>());
    private final CountDownLatch free;

    StuckPeers(int peers) {
        this.peers = peers;
        free = new CountDownLatch(peers);
    }

    /** A mob of peers that get stuck in this way. */
    Mob mob(TcpServer server, Kind kind) throws IOException {
        var ports = new TwoPorts(server.port(), server.port(), MAX_FRAME);
        return new Mob(ports, Collections.nCopies(peers, kind), BETWEEN_ARRIVALS.multipliedBy(peers), CALM, 1);
    }

    /** Echoes; sends without end to who says {@code flood}. */
    void handle(Connection<String> client) throws Exception {
        for (String line; (line = client.receive()) != null; ) {
            if (line.equals("flood")) {
                flood(client);
            }
            client.send(line);
        }
    }

    /** Has somebody else send more than the system takes, and returns: what is left is the connection's to send. */
    void leaveMuchUnsent(Connection<String> client) throws Exception {
        client.receive();
        var sender = Thread.ofVirtual().start(() -> {
            try {
                for (int sent = 0; sent < MUCH; sent += LOAD.length()) {
                    client.send(LOAD);
                }
            } catch (IOException gone) {
                // Its place is free already.
            }
        });
        sender.join();
        stuck(client.id());
    }

    /** Ends when the client is cut: it is stuck since the last message that could be sent. */
    private void flood(Connection<String> client) throws IOException {
        while (true) {
            client.send(LOAD);
            stuck(client.id());
        }
    }

    /** This one is stuck from now on. */
    void stuck(long id) {
        stuckSince.put(id, System.nanoTime());
    }

    /** Who is here already is none of the peers. */
    void forget() {
        stuckSince.clear();
    }

    /** All that are here are, for a reason of their own. */
    void allStuck() {
        stuckSince.keySet().forEach(this::stuck);
    }

    /** Waits until as many places are free as there were peers. */
    boolean awaitFree(Duration limit) throws InterruptedException {
        return free.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The times, shortest first. */
    List<Duration> held() {
        return held.stream().sorted().toList();
    }

    /** How often each reason was given. */
    Map<String, Integer> reasons() {
        return reasons;
    }

    @Override
    public void waiting(long id, InetSocketAddress peer, int position) {
        stuck(id);
    }

    @Override
    public void opened(Connection<?> client) {
        stuck(client.id());
    }

    @Override
    public void refused(long id, InetSocketAddress peer, RefuseReason reason) {
        freed(id, reason.name());
    }

    @Override
    public void closed(Closed closed) {
        freed(closed.id(), closed.reason().name());
    }

    /** Who comes after the last one that is looked at was only put in the place of another. */
    private void freed(long id, String reason) {
        var since = stuckSince.remove(id);
        if (since != null && free.getCount() > 0) {
            held.add(Duration.ofNanos(System.nanoTime() - since));
            reasons.merge(reason, 1, Integer::sum);
            free.countDown();
        }
    }
}

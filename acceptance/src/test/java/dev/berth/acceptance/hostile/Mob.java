package dev.berth.acceptance.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Many hostile clients on one thread, each of which does what its {@link Kind} says, at its rate, and comes again whenever it was cut
 * or has left.
 *
 * <p>{@link #census} may be asked by any thread. Closing, which may be done twice, ends every connection.
 */
public final class Mob implements AutoCloseable {
    private static final int SCRATCH_BYTES = 64 << 10;
    private static final long MAX_WAIT_MILLIS = 100;
    /** Who was cut comes again after so long at most. */
    private static final Duration RETURN = Duration.ofMillis(200);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

    private final Selector selector = Selector.open();
    private final Thread thread;
    private final Random random;
    private final List<HostileClient> clients = new ArrayList<>();
    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;

    private final LongAdder connects = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final LongAdder left = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder surprises = new LongAdder();

    /** What a client does next: step -1 is to connect. Outdated when the client has come again since. */
    private record Turn(long at, HostileClient client, int visit, int step) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return Long.signum(at - other.at);
        }
    }

    /**
     * Begins.
     *
     * @param kinds one for each client
     * @param arrival over how long the first connects are spread
     * @param calm how long who acts once is there before it does
     * @param seed of every random pause
     */
    public Mob(TwoPorts server, List<Kind> kinds, Duration arrival, Duration calm, long seed) throws IOException {
        random = new Random(seed);
        var surroundings = new HostileClient.Surroundings(server.maxFrame(), calm, ByteBuffer.allocateDirect(SCRATCH_BYTES));
        long now = System.nanoTime();
        for (int number = 0; number < kinds.size(); number++) {
            var kind = kinds.get(number);
            var client = new HostileClient(kind, number, address(server, kind), surroundings);
            clients.add(client);
            turns.add(new Turn(now + random.nextLong(arrival.toNanos()), client, 0, -1));
        }
        thread = Thread.ofPlatform().daemon().name("mob").start(this::run);
    }

    private static InetSocketAddress address(TwoPorts server, Kind kind) {
        int port = kind.port() == Kind.Port.LINES ? server.lines() : server.lengths();
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** How it fares. */
    public Census census() {
        var broken = failure;
        if (broken != null) {
            throw new IllegalStateException("the mob has failed", broken);
        }
        long cpu = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
        long connected = connects.sum() - cut.sum() - left.sum();
        return new Census(connected, connects.sum(), cut.sum(), left.sum(), refused.sum(), surprises.sum(), Duration.ofNanos(cpu).toMillis());
    }

    private void run() {
        try {
            while (!stopped) {
                takeTurns();
                selector.select(this::hear, untilNext());
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private long untilNext() {
        var next = turns.peek();
        long wait = next == null ? MAX_WAIT_MILLIS : Duration.ofNanos(next.at() - System.nanoTime()).toMillis() + 1;
        return Math.clamp(wait, 1, MAX_WAIT_MILLIS);
    }

    private void takeTurns() {
        long now = System.nanoTime();
        for (Turn turn; (turn = turns.peek()) != null && turn.at() - now <= 0; ) {
            turns.poll();
            boolean connects = turn.step() < 0;
            if (turn.visit() == turn.client().visits() && connects == turn.client().isOver()) {
                take(turn);
            }
        }
    }

    private void take(Turn turn) {
        var client = turn.client();
        if (turn.step() < 0) {
            connect(client);
            return;
        }
        try {
            var pause = client.kind().script().act(client, turn.step());
            if (client.isOver()) {
                ended(client);
            } else if (pause.compareTo(Scripts.NEVER) < 0) {
                later(pause, client, turn.step() + 1);
            }
        } catch (IOException reset) {
            ended(client);
        }
    }

    private void connect(HostileClient client) {
        try {
            if (client.connect(selector)) {
                connected(client);
            }
        } catch (IOException e) {
            refused(client);
        }
    }

    private void connected(HostileClient client) {
        connects.increment();
        later(Duration.ZERO, client, 0);
    }

    private void hear(SelectionKey key) {
        var client = (HostileClient) key.attachment();
        if (key.isConnectable()) {
            try {
                if (client.isConnected(key)) {
                    connected(client);
                }
            } catch (IOException e) {
                refused(client);
            }
            return;
        }
        try {
            client.read(Integer.MAX_VALUE);
        } catch (IOException reset) {
            ended(client);
            return;
        }
        if (client.isOver()) {
            ended(client);
        }
    }

    private void ended(HostileClient client) {
        (client.hasLeft() ? left : cut).increment();
        surprises.add(client.surprises());
        client.close();
        boolean together = client.kind() == Kind.A13;
        later(together ? Duration.ZERO : Duration.ofNanos(random.nextLong(RETURN.toNanos())), client, -1);
    }

    private void refused(HostileClient client) {
        refused.increment();
        client.close();
        later(AFTER_REFUSAL, client, -1);
    }

    private void later(Duration pause, HostileClient client, int step) {
        turns.add(new Turn(System.nanoTime() + pause.toNanos(), client, client.visits(), step));
    }

    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join();
            clients.forEach(HostileClient::close);
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

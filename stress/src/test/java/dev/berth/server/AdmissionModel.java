package dev.berth.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Admission as a page of a textbook: one thread, no lock, everything counted anew from the clients themselves. Each result of
 * {@link AdmissionOperations} must be one that this gives in some order of the same calls.
 */
public abstract class AdmissionModel {

    private enum Phase {
        WAITING,
        LIVE,
        CLOSED,
        REFUSED
    }

    /** One client that came. */
    private static final class Client {
        private Phase phase;
        private @Nullable RefuseReason refusal;

        private Client(Phase phase) {
            this.phase = phase;
        }
    }

    private final boolean replaces;
    private final Deque<Client> all = new ArrayDeque<>();
    private final List<Deque<Client>> own =
            Stream.<Deque<Client>>generate(ArrayDeque::new).limit(AdmissionOperations.MAX_THREADS).toList();
    private final Client served;
    private final List<Client> first;
    private int maxConnections = 1;
    private int maxQueued = 3;
    private boolean nobody;
    private boolean shut;

    AdmissionModel(boolean replaces) {
        this.replaces = replaces;
        served = come();
        first = List.of(come(), come());
    }

    public String offer(int thread) {
        var client = come();
        own.get(thread).add(client);
        return client.phase == Phase.WAITING ? "waits at " + count(Phase.WAITING) : String.valueOf(client.refusal);
    }

    private Client come() {
        var client = new Client(Phase.REFUSED);
        if (shut) {
            client.refusal = RefuseReason.DRAINING;
        } else if (nobody) {
            client.refusal = RefuseReason.DENIED;
        } else if (count(Phase.WAITING) + count(Phase.LIVE) >= AdmissionOperations.MAX_PER_IP) {
            client.refusal = RefuseReason.PER_IP;
        } else if (count(Phase.LIVE) < maxConnections) {
            client.phase = Phase.LIVE;
        } else if (replaces) {
            while (count(Phase.WAITING) >= Math.min(maxQueued, maxConnections)) {
                refuse(oldestWaiting(), RefuseReason.REPLACED);
            }
            client.phase = Phase.WAITING;
        } else if (count(Phase.WAITING) < maxQueued) {
            client.phase = Phase.WAITING;
        } else {
            client.refusal = RefuseReason.QUEUE_FULL;
        }
        all.add(client);
        return client;
    }

    public String end(int thread) {
        var client = own.get(thread).poll();
        if (client == null) {
            return "nobody";
        }
        return switch (client.phase) {
            case WAITING -> {
                refuse(client, RefuseReason.QUEUE_TIMEOUT);
                yield "timed out";
            }
            case LIVE -> {
                close(client);
                yield "ended";
            }
            case REFUSED, CLOSED -> String.valueOf(client.refusal);
        };
    }

    public boolean leave(int who) {
        var client = first.get(who - 1);
        boolean waited = client.phase == Phase.WAITING;
        if (waited) {
            refuse(client, RefuseReason.LEFT);
        }
        return waited;
    }

    public boolean release() {
        boolean was = served.phase == Phase.LIVE;
        if (was) {
            close(served);
        }
        return was;
    }

    public void limit(int connections, int queued, boolean noMore) {
        maxConnections = connections;
        maxQueued = queued;
        nobody = noMore;
        admit();
    }

    public void shut() {
        shut = true;
        while (count(Phase.WAITING) > 0) {
            refuse(oldestWaiting(), RefuseReason.DRAINING);
        }
    }

    public String ledger() {
        return all.size() + " = " + count(Phase.REFUSED) + " refused + " + count(Phase.WAITING) + " waiting + " + count(Phase.LIVE)
                + " live + " + count(Phase.CLOSED) + " closed";
    }

    private void close(Client client) {
        client.phase = Phase.CLOSED;
        admit();
    }

    private void admit() {
        while (count(Phase.LIVE) < maxConnections && count(Phase.WAITING) > 0) {
            oldestWaiting().phase = Phase.LIVE;
        }
    }

    private static void refuse(Client client, RefuseReason reason) {
        client.phase = Phase.REFUSED;
        client.refusal = reason;
    }

    private Client oldestWaiting() {
        return all.stream().filter(client -> client.phase == Phase.WAITING).findFirst().orElseThrow();
    }

    private int count(Phase phase) {
        return (int) all.stream().filter(client -> client.phase == phase).count();
    }

    /** Where the next client waits for a place. */
    public static final class Waiting extends AdmissionModel {
        public Waiting() {
            super(false);
        }
    }

    /** Where the next client replaces another. */
    public static final class Replacing extends AdmissionModel {
        public Replacing() {
            super(true);
        }
    }
}

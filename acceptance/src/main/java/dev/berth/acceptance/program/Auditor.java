package dev.berth.acceptance.program;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.berth.server.ServerSnapshot;
import dev.berth.server.TcpServer;

/** A thread that looks at a server's snapshots all the time, whether each of them adds up. */
final class Auditor {
    private final AtomicLong snapshots = new AtomicLong();
    private final AtomicLong imbalances = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().name("auditor").unstarted(this::look);
    private volatile TcpServer server;

    Auditor(TcpServer server) {
        this.server = server;
    }

    /** Another server is looked at from now on. */
    void turnTo(TcpServer next) {
        server = next;
    }

    /** Starts if it has not yet; says how many snapshots it has seen and how many of them did not add up. */
    Map<String, Long> report() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        return Map.of("snapshots", snapshots.get(), "imbalances", imbalances.get());
    }

    private void look() {
        try {
            while (true) {
                if (!addsUp(server.snapshot())) {
                    imbalances.incrementAndGet();
                }
                snapshots.incrementAndGet();
                // The load needs processors too.
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            // Nobody else knows this thread.
        }
    }

    private static boolean addsUp(ServerSnapshot now) {
        long refused = now.refusedBy().values().stream().mapToLong(Long::longValue).sum();
        long closed = now.closedBy().values().stream().mapToLong(Long::longValue).sum();
        return refused == now.refused()
                && closed == now.closed()
                && now.accepted() == refused + now.waiting() + now.live() + closed;
    }
}

package dev.berth.cli.bench;

import java.util.concurrent.ThreadFactory;

/**
 * Which threads a run's connections have. Up to some hundred, threads of the system answer sooner: they wait in the read itself,
 * where a virtual thread waits for the poller's thread, which waits for the system (docs/decisions/0011).
 */
final class CallerThreads {
    private static final int FEW = 256;
    private static final String NAME = "berth-bench-";

    private CallerThreads() {}

    /** Threads for so many connections. */
    static ThreadFactory of(int connections) {
        return connections <= FEW
                ? Thread.ofPlatform().daemon().name(NAME, 0).factory()
                : Thread.ofVirtual().name(NAME, 0).factory();
    }

    /** Another thread of the same kind, for the same connection. */
    static ThreadFactory like(Thread first) {
        String name = first.getName() + "-answers";
        return first.isVirtual()
                ? Thread.ofVirtual().name(name).factory()
                : Thread.ofPlatform().daemon().name(name).factory();
    }
}

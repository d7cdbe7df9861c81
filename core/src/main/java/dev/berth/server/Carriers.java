package dev.berth.server;

import java.lang.management.ManagementFactory;

import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * The carriers of the default scheduler of virtual threads, which the whole process shares: more of them, and back.
 *
 * <p>Thread-safe. What is usual is asked of the JDK's own rule, not remembered, so that several servers that add and take
 * back at once still end at it. Needs module jdk.management: {@link CarrierWatch} asks whether this class can be
 * touched.
 */
final class Carriers {
    /** How many may come to the usual ones. */
    static final int MOST_ADDED = 64;

    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    /** Allows so many more, as far as there may be. The pool makes one for each thread that is ready to run, no more. */
    void add(int more) {
        int now = scheduler.getParallelism();
        int target = Math.min(now + more, usual() + MOST_ADDED);
        if (now < target) {
            scheduler.setParallelism(target);
        }
    }

    /** Takes back all but so many and the usual ones; returns whether none is left to take back. */
    boolean takeBackTo(int needed) {
        int target = Math.clamp(needed, usual(), usual() + MOST_ADDED);
        if (scheduler.getParallelism() > target) {
            scheduler.setParallelism(target);
        }
        return scheduler.getParallelism() <= usual();
    }

    /** How many run a virtual thread at this moment. */
    int busy() {
        return scheduler.getMountedVirtualThreadCount();
    }

    /** What the scheduler starts with: as java.lang.Thread documents its properties. */
    private static int usual() {
        int wanted = Integer.getInteger("jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
        return Math.min(wanted, Integer.getInteger("jdk.virtualThreadScheduler.maxPoolSize", wanted));
    }
}

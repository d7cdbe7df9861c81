package dev.berth.acceptance.program;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.ThreadMXBean;

/**
 * What this process's heap holds behind each collection that it makes by itself: a look at it collects nothing.
 *
 * <p>Thread-safe.
 */
final class Collected {
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(pool -> pool.getName())
            .collect(Collectors.toSet());
    private final AtomicLong collections = new AtomicLong();
    private final AtomicLong latest = new AtomicLong();
    private final AtomicLong highest = new AtomicLong();

    private Collected() {}

    /** Watches from now on. */
    static Collected watched() {
        var collected = new Collected();
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener((told, _) -> collected.see(told), null, null);
        }
        return collected;
    }

    private void see(Notification told) {
        var info = GarbageCollectionNotificationInfo.from((CompositeData) told.getUserData());
        long left = info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        collections.incrementAndGet();
        latest.set(left);
        highest.accumulateAndGet(left, Math::max);
    }

    /** Bytes {@code left} behind the latest collection and {@code highest} behind any, {@code collections}, bytes ever {@code allocated}. */
    Map<String, Long> now() {
        var all = new TreeMap<String, Long>();
        all.put("collections", collections.get());
        all.put("left", latest.get());
        all.put("highest", highest.get());
        all.put("used", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        all.put("max", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax());
        // Virtual threads allocate on their carriers' account.
        all.put("allocated", ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes());
        return all;
    }
}

package dev.berth.acceptance.program;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.ObjectName;

/** What is alive in this process's heap. */
final class LiveHeap {
    private static final int COLLECTIONS = 3;
    /** In a line of the histogram, {@code rank: instances bytes class}. */
    private static final int BYTES_FIELD = 2;

    private LiveHeap() {}

    /** All of it. */
    static long bytes() {
        // More than one: what the first makes unreachable by clearing references goes with the next.
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The stacks of parked virtual threads, which the JDK keeps in the heap. */
    static long parkedStackBytes() {
        return histogram()
                .lines()
                .filter(line -> line.contains(" jdk.internal.vm.StackChunk "))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", -1)[BYTES_FIELD]))
                .sum();
    }

    private static String histogram() {
        try {
            var commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            var noArguments = new Object[] {new String[0]};
            var signature = new String[] {String[].class.getName()};
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(commands, "gcClassHistogram", noArguments, signature);
        } catch (JMException e) {
            throw new IllegalStateException("the JVM draws no histogram", e);
        }
    }
}

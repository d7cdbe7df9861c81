package dev.berth.acceptance.program;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

import javax.management.JMException;
import javax.management.ObjectName;

/** What is alive in this process's heap. */
final class LiveHeap {
    private static final int COLLECTIONS = 3;
    /** In a line of the histogram, {@code rank: instances bytes class}. */
    private static final int INSTANCES_FIELD = 1;

    private static final int BYTES_FIELD = 2;
    private static final int CLASS_FIELD = 3;

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

    /** The instances of each class whose name begins so, after full collections. */
    static Map<String, Long> objects(String prefix) {
        bytes();
        var instances = new TreeMap<String, Long>();
        histogram()
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields.length > CLASS_FIELD && fields[CLASS_FIELD].startsWith(prefix))
                .forEach(fields -> instances.merge(fields[CLASS_FIELD], Long.parseLong(fields[INSTANCES_FIELD]), Long::sum));
        return instances;
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

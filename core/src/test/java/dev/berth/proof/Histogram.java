package dev.berth.proof;

import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

/** What is on the heap, once it was collected: the JVM's own class histogram. */
public final class Histogram {
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    private Histogram() {}

    /** How many objects live whose class's name matches. */
    public static long live(String className) {
        var matching = Pattern.compile(className);
        return text().lines().map(LINE::matcher)
                .filter(line -> line.matches() && matching.matcher(line.group(2)).matches())
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .sum();
    }

    private static String text() {
        try {
            var diagnostics = new ObjectName("com.sun.management:type=DiagnosticCommand");
            return (String) ManagementFactory.getPlatformMBeanServer().invoke(diagnostics, "gcClassHistogram",
                    new Object[] {new String[0]}, new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}

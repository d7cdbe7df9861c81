package dev.berth.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** All threads of this process, virtual ones included, as an operator's thread dump shows them. */
public final class ThreadDump {
    private static final Pattern BERTH = Pattern.compile("(?m)^#\\d+ \"(berth-[^\"]*)\"");

    private ThreadDump() {}

    /** The dump's text. */
    public static String text() throws IOException {
        var directory = Files.createTempDirectory("berth-dump");
        var file = directory.resolve("threads.txt");
        try {
            write(file);
            return Files.readString(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        }
    }

    /** The names of Berth's threads in it. */
    public static List<String> berthThreads() throws IOException {
        return BERTH.matcher(text()).results().map(match -> match.group(1)).toList();
    }

    /** By reflection: the module under test reads neither java.management nor jdk.management. */
    private static void write(Path file) throws IOException {
        try {
            var type = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
            var bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getPlatformMXBean", Class.class)
                    .invoke(null, type);
            var format = Class.forName("com.sun.management.HotSpotDiagnosticMXBean$ThreadDumpFormat");
            var plain = format.getField("TEXT_PLAIN").get(null);
            type.getMethod("dumpThreads", String.class, format).invoke(bean, file.toString(), plain);
        } catch (ReflectiveOperationException e) {
            throw new IOException("no thread dump", e);
        }
    }
}

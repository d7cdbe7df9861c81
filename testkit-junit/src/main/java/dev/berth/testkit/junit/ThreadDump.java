package dev.berth.testkit.junit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;

/** All threads of this process, virtual ones included, as an operator's thread dump shows them. */
final class ThreadDump {
    private static final Pattern BERTH = Pattern.compile("(?m)^#\\d+ \"(berth-[^\"]*)\"");

    private ThreadDump() {}

    /** The names of Berth's threads. */
    static List<String> berthThreads() {
        try {
            var folder = Files.createTempDirectory("berth-dump");
            var file = folder.resolve("threads.txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
                return BERTH.matcher(Files.readString(file)).results().map(match -> match.group(1)).toList();
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new AssertionError("no thread dump", e);
        }
    }
}

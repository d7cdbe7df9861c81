package dev.berth.testkit.junit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;

/** All threads of this process, virtual ones included, as an operator's thread dump shows them. */
final class ThreadDump {
    private ThreadDump() {}

    /** The dump's text. */
    static String text() {
        try {
            var folder = Files.createTempDirectory("berth-dump");
            var file = folder.resolve("threads.txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
                return Files.readString(file);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new AssertionError("no thread dump", e);
        }
    }
}

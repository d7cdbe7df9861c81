package dev.berth.acceptance.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;

/** What this process has: descriptors, threads, heap. */
final class Possessions {
    private static final Pattern VIRTUAL = Pattern.compile("(?m)^#\\d+ \"[^\"]*\" virtual");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path STATUS = Path.of("/proc/self/status");

    private Possessions() {}

    /**
     * After full collections: {@code heap} bytes, {@code descriptors}, of them {@code sockets}, {@code virtual} threads and {@code
     * platform} ones, {@code rss} in KiB.
     */
    static Map<String, Long> now() {
        var all = new TreeMap<String, Long>();
        try {
            all.put("heap", LiveHeap.bytes());
            all.put("virtual", VIRTUAL.matcher(threads()).results().count());
            all.put("platform", (long) ManagementFactory.getThreadMXBean().getThreadCount());
            all.put("rss", status("VmRSS"));
            try (var links = Files.list(DESCRIPTORS)) {
                var targets = links.map(Possessions::target).toList();
                // Not counted: the one that this listing itself has open.
                all.put("descriptors", targets.stream().filter(target -> !target.isEmpty() && !target.endsWith("/fd")).count());
                all.put("sockets", targets.stream().filter(target -> target.startsWith("socket:")).count());
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static long status(String field) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static String threads() throws IOException {
        var folder = Files.createTempDirectory("berth-dump");
        var file = folder.resolve("threads.txt");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            return Files.readString(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}

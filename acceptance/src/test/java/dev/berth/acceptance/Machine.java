package dev.berth.acceptance;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import com.sun.management.OperatingSystemMXBean;

/** Where a measurement was made. */
public final class Machine {

    private Machine() {}

    /** Processors, memory, kernel and JDK. */
    public static String describe() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return "%d processors (%s), %d MiB of memory, %s %s, JDK %s (%s)"
                .formatted(
                        system.getAvailableProcessors(),
                        system.getArch(),
                        system.getTotalMemorySize() >> 20,
                        system.getName(),
                        system.getVersion(),
                        System.getProperty("java.vm.version"),
                        System.getProperty("java.vendor"));
    }

    /** The commit that is checked out, and whether the core has changed since. */
    public static String commit() throws IOException, InterruptedException {
        var git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
        var text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor() == 0 ? text : "unknown";
    }
}

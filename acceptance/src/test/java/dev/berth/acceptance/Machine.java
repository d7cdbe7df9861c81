package dev.berth.acceptance;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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

    /** The commit that is checked out, and whether anything but results has changed since. */
    public static String commit() throws IOException, InterruptedException {
        var commit = git("rev-parse", "--short", "HEAD");
        var changes = git("status", "--porcelain", "--untracked-files=no", "--", ":/", ":(top,exclude)*/results/*");
        return commit.isEmpty() ? "unknown" : changes.isEmpty() ? commit : commit + "-dirty";
    }

    /** What git prints; nothing where there is no git, or no repository. */
    private static String git(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        var git = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor() == 0 ? text : "";
    }
}

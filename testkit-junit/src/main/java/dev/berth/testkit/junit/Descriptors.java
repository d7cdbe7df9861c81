package dev.berth.testkit.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The open descriptors of this process, as Linux lists them. */
final class Descriptors {
    private static final Path LIST = Path.of("/proc/self/fd");
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private Descriptors() {}

    /** Sockets, and what waits for them; no files, since classes are loaded at any time. Nothing where the system has no list. */
    static List<String> open() {
        if (!Files.isDirectory(LIST)) {
            if (SAID.compareAndSet(false, true)) {
                System.err.println("BaselineExtension: no " + LIST + " on this system, so sockets left open are not found");
            }
            return List.of();
        }
        try (var links = Files.list(LIST)) {
            return links.map(Descriptors::target).flatMap(Optional::stream).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError("cannot list " + LIST, e);
        }
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString())
                    .filter(target -> target.startsWith("socket:") || target.startsWith("anon_inode:"));
        } catch (IOException closedMeanwhile) {
            return Optional.empty();
        }
    }
}

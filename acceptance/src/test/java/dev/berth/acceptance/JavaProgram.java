package dev.berth.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/** How a Java program of this build is run in a process of its own. */
public final class JavaProgram {

    private JavaProgram() {}

    /** The java command that runs these tests. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * The class path with every folder on it packed into a jar: a jar is opened once, a folder costs a descriptor for each
     * class, which a process without descriptors could not load.
     */
    public static String jars() {
        return Packed.CLASS_PATH;
    }

    /** Packed once, by the first who asks. */
    private static final class Packed {
        static final String CLASS_PATH = classPath();

        private Packed() {}

        private static String classPath() {
            // One folder for each process: another one may be running from its own.
            var folder = Path.of("target", "jars", String.valueOf(ProcessHandle.current().pid()));
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .map(Path::of)
                    .filter(Files::exists)
                    .map(entry -> Files.isDirectory(entry) ? pack(entry, folder) : entry)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static Path pack(Path classes, Path folder) {
        var jar = folder.resolve(Integer.toHexString(classes.hashCode()) + ".jar");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }
}

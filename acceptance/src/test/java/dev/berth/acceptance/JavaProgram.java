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
    public static String jars() throws IOException {
        // One folder for each process: another one may be running from its own.
        var folder = Files.createDirectories(Path.of("target", "jars", String.valueOf(ProcessHandle.current().pid())));
        var jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Files::exists)
                .map(entry -> Files.isDirectory(entry) ? pack(entry, folder) : entry);
        return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path pack(Path classes, Path folder) {
        var jar = folder.resolve(Integer.toHexString(classes.hashCode()) + ".jar");
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

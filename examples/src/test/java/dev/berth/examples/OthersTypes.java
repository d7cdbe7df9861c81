package dev.berth.examples;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The types of the JDK and of the libraries that documents compare Berth with, by their simple names. */
final class OthersTypes {
    private static final Pattern TYPE = Pattern.compile(
            "(?:.*/)?(?:java|jdk/management|io/netty|io/vertx|org/springframework)/(?:.*[/$])?([A-Z]\\w*)\\.class");

    private OthersTypes() {}

    static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
            if (entry.endsWith(".jar")) {
                try (ZipFile jar = new ZipFile(entry)) {
                    jar.stream().forEach(file -> add(file.getName(), names));
                }
            }
        }
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        for (String known : List.of("java.base/java", "jdk.management/jdk/management")) {
            try (Stream<Path> files = Files.walk(modules.resolve(known))) {
                files.forEach(file -> add(file.toString(), names));
            }
        }
        return names;
    }

    private static void add(String file, Set<String> names) {
        Matcher type = TYPE.matcher(file);
        if (type.matches()) {
            names.add(type.group(1));
        }
    }
}

package dev.berth.cli.code;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Where the user's classes lie: jars and folders that exist.
 *
 * @param places the jars and folders, in the order in which they are searched
 */
public record ClassPath(List<Path> places) {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));
    private static final Pattern ALL_JARS = Pattern.compile("(.*[/\\\\])?\\*");

    /** Reads what was typed: jars, folders and {@code libs/*}, with the system's path separator between. */
    public static ClassPath parse(List<String> typed) throws CodeException {
        List<Path> places = new ArrayList<>();
        for (String paths : typed) {
            for (String path : SEPARATOR.split(paths, -1)) {
                places.addAll(places(path));
            }
        }
        return new ClassPath(List.copyOf(places));
    }

    private static List<Path> places(String typed) throws CodeException {
        if (ALL_JARS.matcher(typed).matches()) {
            return jars(typed, Path.of(typed.equals("*") ? "." : typed.substring(0, typed.length() - 1)));
        }
        Path place = Path.of(typed);
        if (typed.isEmpty() || !Files.exists(place)) {
            throw new CodeException("--classpath: no such file or folder: '" + typed + "'");
        }
        if (!Files.isDirectory(place)) {
            requireJar(place);
        }
        return List.of(place);
    }

    private static List<Path> jars(String typed, Path folder) throws CodeException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new CodeException("--classpath: no such folder: '" + folder + "'", e);
        }
        if (jars.isEmpty()) {
            throw new CodeException("--classpath: no .jar in '" + typed + "'");
        }
        for (Path jar : jars) {
            requireJar(jar);
        }
        return jars;
    }

    /** A class loader would pass over what is no jar without a word. */
    private static void requireJar(Path file) throws CodeException {
        try (ZipFile _ = new ZipFile(file.toFile())) {
            return;
        } catch (IOException e) {
            throw new CodeException("--classpath: '" + file + "' is neither a jar nor a folder: " + e.getMessage(), e);
        }
    }

    /** The places as a person reads them. */
    @Override
    public String toString() {
        return places.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}

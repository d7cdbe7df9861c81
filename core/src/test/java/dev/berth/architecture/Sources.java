package dev.berth.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Rules on text, for what leaves no mark in a class file that ArchUnit shows. */
final class Sources {
    static final Path MAIN = Path.of("src/main/java");
    static final Path PLANTED = Path.of("src/test/java/dev/berth/architecture/planted");

    private static final Pattern COMMENT_OR_TEXT =
            Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);

    private Sources() {}

    /** The main sources of every module of the project. */
    static List<Path> everyMain() throws IOException {
        try (var modules = Files.list(Path.of(".."))) {
            return modules.map(module -> module.resolve(MAIN)).filter(Files::isDirectory).toList();
        }
    }

    /** The files below a folder whose code, without comments and texts, has a match. */
    static List<Path> withMatch(Path folder, Pattern forbidden) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> forbidden.matcher(code(file)).find())
                    .toList();
        }
    }

    private static String code(Path file) {
        try {
            return COMMENT_OR_TEXT.matcher(Files.readString(file)).replaceAll(" ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

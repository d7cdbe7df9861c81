package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words that the sources throw: what stands in quotes where an exception for users is made. */
final class ThrownTexts {
    private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*+)\"";

    private static final Pattern THROWN = Pattern.compile("(?:new (?:Failed|WrongUsage|BadConfig|CodeException|Trouble|BadSession|TypeConversionException"
            + "|Failure|WrongAnswer|RateNotReached"
            + "|IllegalArgumentException|IllegalStateException|SocketTimeoutException|EOFException|TruncatedException)"
            + "|malformed|tooLarge|throw bad|problem|problems\\.add|doubts\\.add)\\((?:[^;\"]|" + QUOTED + ")*+;");
    private static final Pattern TEXT = Pattern.compile(QUOTED);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    // Shorter ones say nothing by themselves.
    private static final int ENOUGH = 10;

    private ThrownTexts() {}

    /** Each run of words between two values. */
    static Set<String> parts() throws IOException {
        Set<String> parts = new TreeSet<>();
        for (String sources : List.of("src/main/java", "../core/src/main/java")) {
            try (Stream<Path> files = Files.walk(Path.of(sources))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    THROWN.matcher(Files.readString(file)).results().forEach(thrown -> add(thrown, parts));
                }
            }
        }
        return parts;
    }

    private static void add(MatchResult thrown, Set<String> parts) {
        TEXT.matcher(thrown.group()).results()
                .map(text -> ESCAPE.matcher(text.group(1)).replaceAll("$1"))
                .flatMap(text -> Stream.of(text.split("%\\S+", -1)))
                .map(String::strip)
                .filter(part -> part.length() >= ENOUGH && part.contains(" "))
                .forEach(parts::add);
    }
}

package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/errors.md as its test reads it. */
final class ErrorsPage {
    private static final Path PAGE = Path.of("../docs/errors.md");
    private static final Pattern LINE = Pattern.compile("\\| `(.+?)` \\| (.+?) \\| (.+) \\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern EXIT_CODE = Pattern.compile("## .*: exit code (\\d)");

    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z]+)>");
    private static final Map<String, String> PATTERNS = Map.of(
            "port", "\\d+",
            "address", "\\S+:\\d+",
            "file", "\\S+",
            "number", "\\d+",
            "bytes", "\".*\"",
            "hex", "[0-9a-f]+",
            "list", "\\S.+",
            "error", "\\S.*",
            "limit", "\\d+(ms|s|m|h)",
            "place", "\\S+\\(.*\\).*");

    /**
     * One error.
     *
     * @param text what is said, with placeholders
     * @param after when: in code where the test can do just that
     * @param exitCode of its section
     */
    record Row(String text, String after, int exitCode) {

        /** What the second column has in code. */
        List<String> codes() {
            return CODE.matcher(after).results().map(code -> code.group(1)).toList();
        }

        /** The text, and nothing else, with each placeholder as what it stands for. */
        Pattern pattern() {
            StringBuilder pattern = new StringBuilder();
            int from = 0;
            for (MatchResult placeholder : PLACEHOLDER.matcher(text).results().toList()) {
                String known = PATTERNS.get(placeholder.group(1));
                if (known == null) {
                    throw new AssertionError("nobody knows what " + placeholder.group() + " stands for, in: " + text);
                }
                pattern.append(Pattern.quote(text.substring(from, placeholder.start()))).append(known);
                from = placeholder.end();
            }
            return Pattern.compile(pattern.append(Pattern.quote(text.substring(from))).toString());
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private ErrorsPage() {}

    static String whole() throws IOException {
        return Files.readString(PAGE);
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        int exitCode = 0;
        for (String line : Files.readAllLines(PAGE)) {
            Matcher section = EXIT_CODE.matcher(line);
            Matcher row = LINE.matcher(line);
            if (line.startsWith("## ")) {
                exitCode = section.matches() ? Integer.parseInt(section.group(1)) : 0;
            } else if (row.matches()) {
                rows.add(new Row(row.group(1), row.group(2), exitCode));
            }
        }
        return rows;
    }
}

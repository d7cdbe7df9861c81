package dev.berth.framing;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The table of framings by name.
 *
 * <p>A new framing is one file and one row here.
 */
final class Notation {

    private static final List<Row> ROWS = List.of(
            new Row("line", "line", "line", _ -> Framing.line()));

    private Notation() {}

    /** See {@link Framing#parse}. */
    static Framing parse(String notation) {
        for (Row row : ROWS) {
            if (notation.matches(row.matches)) {
                return row.parser.parse(notation);
            }
        }
        throw new IllegalArgumentException("unknown framing '" + notation + "'; known: "
                + ROWS.stream().map(Row::form).collect(Collectors.joining(", ")));
    }

    /** One notation: its form for people, what it looks like, the word to compare a typing error with, and how it is read. */
    private record Row(String form, String matches, String word, Parser parser) {}

    /** Reads a notation that matched its row. */
    @FunctionalInterface
    private interface Parser {
        Framing parse(String notation);
    }
}

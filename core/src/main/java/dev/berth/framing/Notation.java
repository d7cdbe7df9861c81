package dev.berth.framing;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The table of framings by name.
 *
 * <p>A notation is a word, and for some framings an argument behind it; any may have a checksum at its end. A new framing is one
 * file and one row here.
 */
final class Notation {

    private static final List<Row> ROWS = List.of(
            word("line", Framing::line),
            word("crlf", Framing::crlf),
            word("cr", Framing::cr),
            word("nul", Framing::nul),
            withArgument("delim:HEX", List.of("delim:"), DelimitedFraming::parse),
            withArgument("between:HEX/HEX", List.of("between:"), BetweenFraming::parse),
            word("stxetx", Framing::stxetx),
            withArgument("fixed:N", List.of("fixed:"), FixedFraming::parse),
            withArgument(LengthNotation.FORM, LengthNotation.WORDS, LengthPrefixedFraming::parse),
            word("varint", Framing::varint),
            withArgument("gap:TIME", List.of("gap:"), GapFraming::parse),
            word("slip", Framing::slip),
            word("cobs", Framing::cobs),
            word("raw", Framing::raw),
            word("modbus", Framing::modbus),
            word("mllp", Framing::mllp),
            word("scpi", Framing::scpi),
            withArgument("magic:HEX,FRAMING", List.of("magic:"), MagicFraming::parse));

    // Framings inside framings are read by recursion. No notation that means something is half as long.
    private static final int MAX_CHARS = 256;

    private static final String CHECKED_FORM = "FRAMING" + CheckedFraming.MARK + "CHECKSUM";

    // Two wrong keys, one in a short word; more would suggest words nobody meant.
    private static final int MAX_TYPOS = 2;
    private static final int SHORT_WORD = 3;

    private Notation() {}

    /** See {@link Framing#parse}. */
    static Framing parse(String notation) {
        if (notation.length() > MAX_CHARS) {
            throw new IllegalArgumentException(
                    "framing of " + notation.length() + " characters; allowed: at most " + MAX_CHARS);
        }
        int mark = notation.lastIndexOf(CheckedFraming.MARK);
        if (mark >= 0) {
            return parse(notation, _ -> CheckedFraming.parse(notation, mark));
        }
        String word = wordOf(notation);
        for (Row row : ROWS) {
            if (row.takesArgument ? row.words.contains(word) : row.form.equals(notation)) {
                return parse(notation, row.parser);
            }
        }
        throw new IllegalArgumentException("unknown framing '" + notation + "'" + suggestion(notation)
                + " known: " + ROWS.stream().map(Row::form).collect(Collectors.joining(", ")) + ", " + CHECKED_FORM);
    }

    /** The number an argument says, when it is in {@code [smallest, largest]}. */
    static int number(String name, String digits, int smallest, int largest) {
        // Ten digits hold every int, and any ten digits fit a long.
        long number = digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) : -1;
        if (number < smallest || number > largest) {
            throw new IllegalArgumentException(
                    name + " '" + digits + "' is not a number from " + smallest + " to " + largest);
        }
        return (int) number;
    }

    private static Framing parse(String notation, Parser parser) {
        try {
            return parser.parse(notation);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("framing '" + notation + "': " + e.getMessage(), e);
        }
    }

    /** All before the argument, with the colon if one is there. */
    private static String wordOf(String notation) {
        int end = 0;
        while (end < notation.length() && ":@+!".indexOf(notation.charAt(end)) < 0) {
            end++;
        }
        return notation.substring(0, notation.startsWith(":", end) ? end + 1 : end);
    }

    private static String suggestion(String notation) {
        String word = wordOf(notation);
        String argument = notation.substring(word.length());
        return ROWS.stream()
                .flatMap(row -> row.words.stream().map(known -> new Suggestion(row, known, typos(word, known))))
                .filter(suggestion -> suggestion.isNear())
                .min(Comparator.comparingInt(Suggestion::typos))
                .map(suggestion -> "; did you mean " + suggestion.with(argument) + "?")
                .orElse(";");
    }

    private static int typos(String word, String known) {
        String typed = word.toLowerCase(Locale.ROOT);
        boolean isBegun = typed.length() > 1 && known.startsWith(typed);
        return isBegun ? 0 : EditDistance.between(typed, known);
    }

    private static Row word(String word, Supplier<Framing> framing) {
        return new Row(word, List.of(word), false, _ -> framing.get());
    }

    private static Row withArgument(String form, List<String> words, Parser parser) {
        return new Row(form, words, true, parser);
    }

    /** One notation: its form for people, the words it starts with, and how it is read. */
    private record Row(String form, List<String> words, boolean takesArgument, Parser parser) {}

    /** A known word, and how many keys it is away from the one typed. */
    private record Suggestion(Row row, String word, int typos) {

        boolean isNear() {
            return typos <= (word.length() <= SHORT_WORD ? 1 : MAX_TYPOS);
        }

        String with(String argument) {
            if (!row.takesArgument) {
                return word;
            }
            return argument.isEmpty() && word.endsWith(":") ? row.form : word + argument;
        }
    }

    /** Reads a whole notation whose word is known. */
    @FunctionalInterface
    private interface Parser {

        Framing parse(String notation);
    }
}

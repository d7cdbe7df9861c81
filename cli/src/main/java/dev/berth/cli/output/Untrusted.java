package dev.berth.cli.output;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text and bytes from the other side, made harmless for a terminal or a log: control characters are shown, never obeyed. */
public final class Untrusted {
    private static final HexFormat HEX = HexFormat.of();

    private Untrusted() {}

    /** The text with every control, format and line character written as an escape, and backslashes doubled. */
    public static String text(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(point -> append(safe, point));
        return safe.toString();
    }

    /** A line for people that may hold such text, escaped already or not: as {@link #text(String)}, but backslashes stay as they are. */
    public static String line(String line) {
        return line.codePoints().allMatch(point -> point == '\\' || isHarmless(point))
                ? line
                : text(line).replace("\\\\", "\\");
    }

    /** The bytes read as UTF-8; what is not, and every control character, is written as {@code \x1b}. */
    public static String text(byte[] bytes) {
        StringBuilder safe = new StringBuilder(bytes.length + 8);
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer left = ByteBuffer.wrap(bytes);
        CharBuffer read = CharBuffer.allocate(bytes.length);
        CoderResult result;
        do {
            result = utf8.decode(left, read, true);
            read.flip().codePoints().forEach(point -> append(safe, point));
            read.clear();
            for (int bad = 0; result.isError() && bad < result.length(); bad++) {
                safe.append("\\x").append(HEX.toHexDigits(left.get()));
            }
        } while (result.isError());
        return safe.toString();
    }

    /** The bytes as pairs of digits with a space between: {@code 48 69}. */
    public static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    private static void append(StringBuilder safe, int point) {
        switch (point) {
            case '\n' -> safe.append("\\n");
            case '\r' -> safe.append("\\r");
            case '\t' -> safe.append("\\t");
            case '\\' -> safe.append("\\\\");
            default -> {
                if (isHarmless(point)) {
                    safe.appendCodePoint(point);
                } else {
                    safe.append(point < 0x100 ? "\\x" : "\\u{").append(digits(point)).append(point < 0x100 ? "" : "}");
                }
            }
        }
    }

    private static String digits(int point) {
        String digits = Integer.toHexString(point);
        return digits.length() == 1 ? "0" + digits : digits;
    }

    /** Not a control (C0, C1), not a format character (they turn the direction of text), not a separator of lines. */
    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}

package dev.berth.cli.args;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.berth.cli.output.Untrusted;

/**
 * Bytes as people type them: {@code 48 69}, {@code 4869}, {@code "text"}, {@code \r\n \t \0 \x1b}, all mixed; {@code #} begins a
 * remark.
 */
public final class HexText {
    private static final String FORMS = "write hex digits, \"text\", \\r \\n \\t \\0 or \\x1b";

    private final String line;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean found;
    private int at;

    private HexText(String line) {
        this.line = line;
    }

    /**
     * The bytes of a line; nothing where it holds only a remark or nothing at all, while {@code ""} is a message without bytes.
     *
     * @throws IllegalArgumentException naming what can't be read, and its position, from 1
     */
    public static Optional<byte[]> parse(String line) {
        HexText text = new HexText(line);
        text.read();
        return text.found ? Optional.of(text.bytes.toByteArray()) : Optional.empty();
    }

    /** Bytes as this reads them, and as text in a remark behind. */
    public static String shown(byte[] message) {
        return message.length == 0 ? "\"\"" : Untrusted.hex(message) + "  # " + Untrusted.text(message);
    }

    private void read() {
        while (at < line.length() && line.charAt(at) != '#') {
            char next = line.charAt(at);
            if (Character.isWhitespace(next)) {
                at++;
                continue;
            }
            found = true;
            switch (next) {
                case '"' -> quoted();
                case '\\' -> escape();
                default -> pair(at);
            }
        }
    }

    private void quoted() {
        int open = at++;
        int begun = at;
        while (at < line.length() && line.charAt(at) != '"') {
            if (line.charAt(at) == '\\') {
                text(begun);
                escape();
                begun = at;
            } else {
                at++;
            }
        }
        if (at == line.length()) {
            throw bad("the quote at position " + (open + 1) + " has no end");
        }
        text(begun);
        at++;
    }

    /** Appends what stands between there and here as UTF-8. */
    private void text(int from) {
        bytes.writeBytes(line.substring(from, at).getBytes(StandardCharsets.UTF_8));
    }

    private void escape() {
        char which = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
        int plain = "rnt0\\\"".indexOf(which);
        if (which == 'x') {
            at += 2;
            pair(at - 2);
        } else if (plain >= 0) {
            bytes.write("\r\n\t\0\\\"".charAt(plain));
            at += 2;
        } else {
            throw bad("unknown escape '\\" + (which == ' ' ? "" : which) + "' at position " + (at + 1));
        }
    }

    /** Two digits are a byte. */
    private void pair(int begun) {
        int high = digit();
        if (at == line.length() || Character.isWhitespace(line.charAt(at)) || "\"\\#".indexOf(line.charAt(at)) >= 0) {
            throw bad("half a byte at position " + (begun + 1));
        }
        bytes.write(high << 4 | digit());
    }

    private int digit() {
        // Only the letters and digits of ASCII: Character.digit knows those of other scripts too.
        int digit = at < line.length() && line.charAt(at) < 0x80 ? Character.digit(line.charAt(at), 16) : -1;
        if (digit < 0) {
            throw bad(at < line.length()
                    ? "'" + Character.toString(line.codePointAt(at)) + "' at position " + (at + 1) + " is no hex digit"
                    : "half a byte at position " + at);
        }
        at++;
        return digit;
    }

    private static IllegalArgumentException bad(String what) {
        return new IllegalArgumentException(what + "; " + FORMS);
    }
}

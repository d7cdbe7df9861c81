package dev.berth.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is a token, and how a file of them is read. No complaint shows one. */
final class TokenList {
    /** Fewer can be guessed: 16 hexadecimal digits are 64 bits. */
    private static final int LEAST_CHARS = 16;

    private static final int MOST_CHARS = 1024;

    private TokenList() {}

    /** The tokens in a file, at least one. */
    static List<String> read(Path file) throws IOException {
        List<String> tokens = new ArrayList<>();
        // A char for each byte: what is no ASCII is found below, with its line.
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !line.startsWith("#")) {
                check(file + " line " + (i + 1), line);
                tokens.add(line);
            }
        }
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no token; write one a line");
        }
        return tokens;
    }

    /** Fails with the first that is none. */
    static void check(List<String> tokens) {
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("tokens are missing: at least one is needed");
        }
        for (int i = 0; i < tokens.size(); i++) {
            check("token " + (i + 1), tokens.get(i));
        }
    }

    private static void check(String which, String token) {
        if (!token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException(which + ": a token is printable ASCII without blanks");
        }
        if (token.length() < LEAST_CHARS || token.length() > MOST_CHARS) {
            throw new IllegalArgumentException(which + ": a token has " + LEAST_CHARS + " to " + MOST_CHARS + " characters");
        }
    }
}

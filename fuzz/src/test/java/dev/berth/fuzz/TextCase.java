package dev.berth.fuzz;

/** One text for one parser, and a line of the corpus of texts: the parser's name, then the text with its escapes. */
record TextCase(TextParser parser, String text) {

    static TextCase parse(String line) {
        String[] words = line.split(" ", 2);
        return new TextCase(TextParser.valueOf(words[0]), unescaped(words[1]));
    }

    private static String unescaped(String text) {
        var plain = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                plain.append((char) Integer.parseInt(text.substring(at + 2, at + 6), 16));
                at += 5;
            } else {
                plain.append(text.charAt(at));
            }
        }
        return plain.toString();
    }

    /** As {@link #parse} reads it: what is not printable ASCII, and backslashes, as {@code \}{@code uXXXX}. */
    @Override
    public String toString() {
        var escaped = new StringBuilder(parser + " ");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPlain = c >= ' ' && c < 0x7F && c != '\\';
            escaped.append(isPlain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return escaped.toString();
    }
}

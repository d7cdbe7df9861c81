package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;

/** Text as lines that a terminal need not break. */
final class TextLines {
    private TextLines() {}

    /** The words in lines of at most so many characters; a longer word has a line of its own. */
    static List<String> of(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}

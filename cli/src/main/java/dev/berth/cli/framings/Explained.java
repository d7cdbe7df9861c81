package dev.berth.cli.framings;

import java.util.List;

/**
 * One framing of the notation, explained.
 *
 * @param name the word that people look it up by
 * @param form how it is written
 * @param use when to take it, in one line
 * @param details what is worth knowing beyond that
 * @param examples at least one; the first is the one for the list
 */
public record Explained(String name, String form, String use, String details, List<Example> examples) {
    static Explained of(String form, String use, String details, Example... examples) {
        return new Explained(form.replaceFirst("[^a-z].*", ""), form, use, details, List.of(examples));
    }

    /** Whether more than the name belongs to its notation. */
    boolean takesArgument() {
        return !form.equals(name);
    }

    /** The same under a name that its form does not begin with. */
    Explained named(String other) {
        return new Explained(other, form, use, details, examples);
    }
}

package dev.berth.cli.config;

import java.util.List;

/**
 * One setting as it was given, still as text.
 *
 * @param name the option's name without its dashes, which is the key in a file too
 * @param values one value, or several where the option may be given several times
 */
public record Setting(String name, List<String> values, Origin origin) {
    /** The reason for a value that has no other. */
    public static final String DEFAULT = "default";

    /** One value given on the command line. */
    public static Setting typed(String name, String value) {
        return typed(name, List.of(value));
    }

    /** What was given on the command line. */
    public static Setting typed(String name, List<String> values) {
        return new Setting(name, List.copyOf(values), new Origin(Origin.Level.OPTION, "--" + name));
    }

    /** One value that was not given, and the reason for it in words. */
    public static Setting implied(String name, String value, String reason) {
        return new Setting(name, List.of(value), new Origin(Origin.Level.IMPLIED, reason));
    }

    /** A message that begins with a setting's name as an option, in the words of where this setting was given. */
    String inOwnWords(String message) {
        String rest = message.replaceFirst("^(--)?" + name + "\\b", "");
        return switch (origin.level()) {
            case OPTION, IMPLIED -> message;
            case ENVIRONMENT -> origin.text() + rest;
            case LISTENER, FILE -> origin.text() + ": " + name + rest;
        };
    }
}

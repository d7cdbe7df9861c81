package dev.berth.cli;

import dev.berth.cli.args.Words;

import picocli.CommandLine.ITypeConverter;

/**
 * What {@code --handler} asks for.
 *
 * @param kind the word
 * @param className the name after {@code class:}, otherwise empty
 */
record HandlerChoice(HandlerOptions.Kind kind, String className) {
    private static final String CLASS = "class:";

    /** Reads {@code echo} and its like, and {@code class:com.acme.Meter}. */
    static final class Converter implements ITypeConverter<HandlerChoice> {
        private final Words<HandlerOptions.Kind> words = new Words<>(HandlerOptions.Kind.class);

        @Override
        public HandlerChoice convert(String typed) {
            return typed.startsWith(CLASS)
                    ? new HandlerChoice(HandlerOptions.Kind.CLASS, typed.substring(CLASS.length()))
                    : new HandlerChoice(words.convert(typed), "");
        }
    }
}

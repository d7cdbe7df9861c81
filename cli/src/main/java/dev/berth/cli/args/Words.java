package dev.berth.cli.args;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one word of a closed list: the names of an enum in small letters, {@code -} for {@code _}. */
public final class Words<E extends Enum<E>> implements ITypeConverter<E> {
    private final E[] values;

    /** Allows the names of all the enum's values. */
    public Words(Class<E> type) {
        this.values = type.getEnumConstants();
    }

    @Override
    public E convert(String typed) {
        for (E value : values) {
            if (word(value).equals(typed)) {
                return value;
            }
        }
        List<String> known = Arrays.stream(values).map(Words::word).toList();
        throw new TypeConversionException("'" + typed + "' is not known" + Suggestion.question(typed, known)
                + " (allowed: " + String.join(", ", known) + ")");
    }

    /** The word for a value. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.berth.cli.args;

import java.util.Locale;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code true} and {@code false}, the values of options that are on or off. */
public final class Switches implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String typed) {
        return switch (typed.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new TypeConversionException("'" + typed + "' is neither true nor false");
        };
    }
}

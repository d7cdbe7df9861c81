package dev.berth.cli.args;

import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers: {@code 200}. What is allowed is the option's own affair. */
public final class Numbers implements ITypeConverter<Integer> {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");

    @Override
    public Integer convert(String typed) {
        if (!DIGITS.matcher(typed).matches()) {
            throw new TypeConversionException("'" + typed + "' is not a whole number; write digits alone: 200");
        }
        try {
            return Integer.valueOf(typed);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + typed + "' is out of range; the largest number is " + Integer.MAX_VALUE);
        }
    }
}

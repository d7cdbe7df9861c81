package dev.berth.cli.args;

import dev.berth.server.Limits;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number, or {@code off} for no limit. */
public final class CountOrOff implements ITypeConverter<Integer> {
    private final Numbers numbers = new Numbers();

    @Override
    public Integer convert(String typed) {
        if (typed.equals("off")) {
            return Limits.OFF;
        }
        if (!typed.matches("-?[0-9]+")) {
            throw new TypeConversionException("'" + typed + "' is not a number; write 20, or off for no limit");
        }
        return numbers.convert(typed);
    }
}

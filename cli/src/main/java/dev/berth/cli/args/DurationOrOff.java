package dev.berth.cli.args;

import java.time.Duration;

import dev.berth.connection.Deadlines;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads limits in time: a duration as {@link Durations} reads it, or {@code off}. */
public final class DurationOrOff implements ITypeConverter<Duration> {
    private static final String OFF = "off";

    private final Durations durations = new Durations();

    @Override
    public Duration convert(String typed) {
        if (typed.equals(OFF)) {
            return Deadlines.OFF;
        }
        try {
            return durations.convert(typed);
        } catch (TypeConversionException e) {
            throw new TypeConversionException(e.getMessage() + ", or off");
        }
    }

    /** A limit as it is typed: {@code 15m}, {@code off}. */
    public static String text(Duration limit) {
        if (limit.equals(Deadlines.OFF)) {
            return OFF;
        }
        if (limit.toMillis() % 1000 != 0) {
            return limit.toMillis() + "ms";
        }
        long seconds = limit.toSeconds();
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}

package dev.berth.cli.args;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations: a whole number and a unit, {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}. */
public final class Durations implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    @Override
    public Duration convert(String typed) {
        Matcher form = FORM.matcher(typed);
        if (!form.matches()) {
            String reason = typed.matches("[0-9]+") ? "has no unit" : "is not a duration";
            throw new TypeConversionException("'" + typed + "' " + reason + "; write 500ms, 5s, 2m or 1h");
        }
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    /** A measured time for people: {@code 0.4s}, {@code 12s}, {@code 5m 03s}, {@code 2h 05m}. */
    public static String text(Duration time) {
        if (time.compareTo(Duration.ofSeconds(10)) < 0) {
            long tenths = (time.toMillis() + 50) / 100;
            return tenths / 10 + "." + tenths % 10 + "s";
        }
        if (time.toMinutes() == 0) {
            return time.toSeconds() + "s";
        }
        return time.toHours() == 0
                ? time.toMinutes() + "m " + twoDigits(time.toSecondsPart()) + "s"
                : time.toHours() + "h " + twoDigits(time.toMinutesPart()) + "m";
    }

    private static String twoDigits(int part) {
        return part < 10 ? "0" + part : Integer.toString(part);
    }
}

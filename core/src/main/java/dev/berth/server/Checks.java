package dev.berth.server;

import java.time.Duration;
import java.util.Locale;

import dev.berth.connection.Deadlines;

/** The bounds of settings; a complaint begins with the setting's name. */
final class Checks {
    /** The shortest time that any setting allows. */
    static final Duration LEAST = Duration.ofMillis(1);

    private static final Duration MOST = Duration.ofDays(365);

    /** Long enough for anybody, and short enough to be added to any time that {@link System#nanoTime} tells. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Checks() {}

    /** A time to wait, as nanoseconds: none if it is negative, and not more than can be counted. */
    static long nanos(Duration wait) {
        return wait.isNegative() ? 0 : wait.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : wait.toNanos();
    }

    static void between(String setting, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(setting + " is " + value + ", allowed are " + least + " to " + most);
        }
    }

    static void within(String setting, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    setting + " is " + text(value) + ", allowed are " + text(least) + " to " + text(most));
        }
    }

    static void withinOrOff(String setting, Duration value) {
        if (!value.equals(Deadlines.OFF) && (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0)) {
            throw new IllegalArgumentException(setting + " is " + text(value) + ", allowed are 1ms to 365 days, and off");
        }
    }

    /** PT0.5S in the words of the command's options: 0.5s. */
    static String text(Duration value) {
        return value.equals(LEAST) ? "1ms" : value.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}

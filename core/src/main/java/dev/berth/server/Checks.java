package dev.berth.server;

import java.time.Duration;
import java.util.Locale;

import dev.berth.connection.Deadlines;

/** The bounds of settings; a complaint begins with the setting's name. */
final class Checks {
    /** The shortest time that any setting allows. */
    static final Duration LEAST = Duration.ofMillis(1);

    private static final Duration MOST = Duration.ofDays(365);

    private Checks() {}

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
    private static String text(Duration value) {
        return value.equals(LEAST) ? "1ms" : value.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}

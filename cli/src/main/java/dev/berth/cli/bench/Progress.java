package dev.berth.cli.bench;

import java.time.Duration;
import java.util.Locale;

/** Hears about twice a second how far a run is. */
@FunctionalInterface
public interface Progress {

    /** Takes a line of progress away again. */
    String CLEAR = "\r\u001b[K";

    /** So much time has passed since the start, and so many answers have come, all connections and the warm-up counted. */
    void at(Duration since, long answers);

    /** A line for a terminal, over the one before. */
    static String line(Duration since, long answers) {
        double seconds = since.toNanos() / 1e9;
        return String.format(Locale.ROOT, "%sberth: %.0f s, %,d answers, %,.0f a second", CLEAR, seconds, answers, answers / seconds);
    }
}

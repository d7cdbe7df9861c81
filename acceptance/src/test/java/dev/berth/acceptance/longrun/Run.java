package dev.berth.acceptance.longrun;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.SequencedSet;

/**
 * One run of a promise: how long and with which seed, and what it writes down.
 *
 * <p>Writing down is thread-safe.
 */
final class Run {
    private final boolean quick;
    private final long seed;
    private final List<String> raw = new ArrayList<>();
    private final SequencedSet<String> flags = new LinkedHashSet<>();
    private String picture = "";

    Run(boolean quick, long seed) {
        this.quick = quick;
        this.seed = seed;
    }

    /** Whether this is the short version that every build runs. */
    boolean isQuick() {
        return quick;
    }

    /** The one or the other, by how long this run may take. */
    <T> T either(T inFull, T quickly) {
        return quick ? quickly : inFull;
    }

    long seed() {
        return seed;
    }

    /** Random numbers that the seed decides; a stream of its own for each {@code user}. */
    Random random(int user) {
        return new Random(seed * 31 + user);
    }

    /** Notes the flags of a JVM that was measured. */
    synchronized void flags(List<String> options) {
        flags.add(options.isEmpty() ? "none" : String.join(" ", options));
    }

    /** Writes down a raw number, and shows it at once. */
    synchronized void note(String line) {
        raw.add(line);
        System.out.println(line);
    }

    /** Shows progress with the time of day; nothing of it is kept. */
    void progress(String line) {
        System.out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }

    /** Keeps a picture, as SVG, beside the page. */
    synchronized void picture(String svg) {
        picture = svg;
    }

    /** The picture, or an empty text. */
    synchronized String picture() {
        return picture;
    }

    synchronized List<String> raw() {
        return List.copyOf(raw);
    }

    synchronized List<String> flags() {
        return List.copyOf(flags);
    }
}

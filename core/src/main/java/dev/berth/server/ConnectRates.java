package dev.berth.server;

import java.time.Duration;

/**
 * How often each source has connected lately: a bucket of one second's connects for each.
 *
 * <p>Not thread-safe. What it remembers is bounded, as {@link Buckets} says.
 */
final class ConnectRates {
    static final int MAX_SOURCES = Buckets.MAX_SOURCES;

    private final Buckets buckets = new Buckets(Duration.ofSeconds(1));

    /** Takes one from the source's bucket; returns whether there was one. A refused connect costs nothing. */
    boolean take(Source source, int perSecond, long now) {
        return buckets.take(source, perSecond, now);
    }

    void clear() {
        buckets.clear();
    }

    int tracked() {
        return buckets.tracked();
    }
}

package dev.berth.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How often each source has done something lately: a bucket for each, that holds so many and fills within a period.
 *
 * <p>Not thread-safe. A full bucket is no different from none, so a source is forgotten a period after its last time; and
 * no more than {@link #MAX_SOURCES} are remembered whatever comes: past it the one that was longest silent is forgotten.
 */
final class Buckets {
    /** More than one thread accepts in a second, so that forgetting costs nothing: 65 536. */
    static final int MAX_SOURCES = 1 << 16;

    private final long period;

    /** When each bucket will be full again; the source that took last comes last. */
    private final SequencedMap<Source, Long> fullAt = new LinkedHashMap<>();

    Buckets(Duration period) {
        this.period = period.toNanos();
    }

    /** Takes one from the source's bucket, which holds so many; returns whether there was one. In vain, it costs nothing. */
    boolean take(Source source, int holds, long now) {
        while (!fullAt.isEmpty() && fullAt.firstEntry().getValue() - now <= 0) {
            fullAt.pollFirstEntry();
        }
        long missing = Math.max(0, fullAt.getOrDefault(source, now) - now) + period / holds;
        if (missing > period) {
            return false;
        }
        fullAt.putLast(source, now + missing);
        if (fullAt.size() > MAX_SOURCES) {
            fullAt.pollFirstEntry();
        }
        return true;
    }

    /** Puts one back that was taken. */
    void giveBack(Source source, int holds, long now) {
        fullAt.computeIfPresent(source, (_, full) -> full - period / holds - now <= 0 ? null : full - period / holds);
    }

    void clear() {
        fullAt.clear();
    }

    int tracked() {
        return fullAt.size();
    }
}

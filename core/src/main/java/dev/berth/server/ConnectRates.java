package dev.berth.server;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How often each source has connected lately: a bucket of one second's connects for each, that fills as time passes.
 *
 * <p>Not thread-safe. A full bucket is no different from none, so a source is forgotten a second after its last connect; and
 * no more than {@link #MAX_SOURCES} are remembered whatever comes: past it the one that was longest silent is forgotten.
 */
final class ConnectRates {
    /** More than one thread accepts in a second, so that forgetting costs nothing: 65 536. */
    static final int MAX_SOURCES = 1 << 16;

    private static final long SECOND = 1_000_000_000;

    /** When each bucket will be full again; the source that connected last comes last. */
    private final SequencedMap<Source, Long> fullAt = new LinkedHashMap<>();

    /** Takes one from the source's bucket; returns whether there was one. A refused connect costs nothing. */
    boolean take(Source source, int perSecond, long now) {
        while (!fullAt.isEmpty() && fullAt.firstEntry().getValue() - now <= 0) {
            fullAt.pollFirstEntry();
        }
        long missing = Math.max(0, fullAt.getOrDefault(source, now) - now) + SECOND / perSecond;
        if (missing > SECOND) {
            return false;
        }
        fullAt.putLast(source, now + missing);
        if (fullAt.size() > MAX_SOURCES) {
            fullAt.pollFirstEntry();
        }
        return true;
    }

    void clear() {
        fullAt.clear();
    }

    int tracked() {
        return fullAt.size();
    }
}

package dev.berth.transport;

import java.time.Duration;

/**
 * How many unsent bytes one link may hold before its peer counts as a reader that does not read.
 *
 * @param hardBytes never exceeded: the owner waits for room, anybody else's send cuts the link (default 4 MiB)
 * @param softBytes may be exceeded for {@code softTime} at a stretch (default 1 MiB)
 * @param softTime how long (default 10 s)
 */
public record OutputLimits(int hardBytes, int softBytes, Duration softTime) {

    /** 4 MiB hard, 1 MiB for 10 s soft. */
    public static final OutputLimits DEFAULT = new OutputLimits(4 << 20, 1 << 20, Duration.ofSeconds(10));
}

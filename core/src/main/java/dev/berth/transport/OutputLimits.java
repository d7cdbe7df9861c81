package dev.berth.transport;

import java.time.Duration;

/**
 * How many unsent bytes one link may hold before its peer counts as a reader that does not read.
 *
 * @param hardBytes never exceeded (default 4 MiB); the owner waits for room
 * @param softBytes may be exceeded for {@code softTime} at a stretch (default 1 MiB), then the link is cut
 * @param softTime how long (default 10 s)
 * @param writeTimeout how long the peer may take nothing of what is unsent, or hardly anything (default 30 s)
 * @param overflow what a send by another thread than the owner does when there is no room (default cut)
 */
public record OutputLimits(
        int hardBytes, int softBytes, Duration softTime, Duration writeTimeout, Overflow overflow) {

    /** 4 MiB hard, 1 MiB for 10 s soft, others' sends cut: for a server, where no client may hold others up. */
    public static final OutputLimits SERVER = with(Overflow.CUT);

    /** The same bounds, others' sends wait: for a client, which has nobody to protect from its one server. */
    public static final OutputLimits CLIENT = with(Overflow.WAIT);

    private static OutputLimits with(Overflow overflow) {
        return new OutputLimits(4 << 20, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(30), overflow);
    }
}

package dev.berth.server;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How many clients wait or have a place from each source, and whether one more may come.
 *
 * <p>Not thread-safe: {@link Admission} uses it under its lock. It counts whether or not a limit is set, so that one set
 * later is exact too; it holds one entry for each source that is here.
 */
final class Sources {
    private final Map<Source, Integer> perIp = new HashMap<>();
    private final Map<Source, Integer> perSubnet = new HashMap<>();
    private final ConnectRates rates = new ConnectRates();
    private Limits limits;

    Sources(Limits limits) {
        this.limits = limits;
    }

    /** Counts by other limits from here on. */
    void limits(Limits next) {
        boolean otherSubnets = next.subnetBitsV4() != limits.subnetBitsV4() || next.subnetBitsV6() != limits.subnetBitsV6();
        limits = next;
        if (otherSubnets) {
            perSubnet.clear();
            perIp.forEach((source, count) -> perSubnet.merge(subnet(source), count, Integer::sum));
        }
        if (next.maxConnectRate() == Limits.OFF) {
            rates.clear();
        }
    }

    /** Why one more client of this source may not come; null if it may. Its connect is taken from its rate then. */
    @Nullable RefuseReason refusal(Source source, long now) {
        if (perIp.getOrDefault(source, 0) >= limits.maxPerIp()) {
            return RefuseReason.PER_IP;
        }
        if (perSubnet.getOrDefault(subnet(source), 0) >= limits.maxPerSubnet()) {
            return RefuseReason.PER_SUBNET;
        }
        int rate = limits.maxConnectRate();
        return rate == Limits.OFF || rates.take(source, rate, now) ? null : RefuseReason.CONNECT_RATE;
    }

    /** One more is here. */
    void add(Source source) {
        perIp.merge(source, 1, Integer::sum);
        perSubnet.merge(subnet(source), 1, Integer::sum);
    }

    /** One of those who were added has gone. */
    void remove(Source source) {
        perIp.computeIfPresent(source, Sources::oneLess);
        perSubnet.computeIfPresent(subnet(source), Sources::oneLess);
    }

    /** How many sources and subnets are remembered because somebody of them is here. */
    int counted() {
        return perIp.size() + perSubnet.size();
    }

    private Source subnet(Source source) {
        return source.subnet(limits.subnetBitsV4(), limits.subnetBitsV6());
    }

    private static @Nullable Integer oneLess(Source source, int count) {
        return count == 1 ? null : count - 1;
    }
}

package dev.berth.server;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How many clients wait or have a place from each source, and whether one more may come.
 *
 * <p>Not thread-safe: {@link Admission} uses it under its lock. It counts whether or not a limit is set, so that one set
 * later is exact too; it holds one entry for each source that is here. To count one out takes no memory, and to count one in changes
 * no count before there is memory for it: one that runs out must not leave counts that are wrong.
 */
final class Sources {

    /** How many are here from one source, or from one subnet. */
    private static final class Count {
        private final Source of;
        private int here;
        /** The subnet's, of a source's count. */
        private @Nullable Count subnet;

        Count(Source of) {
            this.of = of;
        }
    }

    private final Map<Source, Count> perIp = new HashMap<>();
    private Map<Source, Count> perSubnet = new HashMap<>();
    private final ConnectRates rates = new ConnectRates();
    private Limits limits;

    Sources(Limits limits) {
        this.limits = limits;
    }

    /** Counts by other limits from here on. */
    void limits(Limits next) {
        boolean otherSubnets = next.subnetBitsV4() != limits.subnetBitsV4() || next.subnetBitsV6() != limits.subnetBitsV6();
        if (otherSubnets) {
            recount(next);
        }
        limits = next;
        if (next.maxConnectRate() == Limits.OFF) {
            rates.clear();
        }
    }

    private void recount(Limits next) {
        Map<Source, Count> other = new HashMap<>();
        var counts = perIp.values().toArray(new Count[0]);
        var subnets = new Count[counts.length];
        for (int i = 0; i < counts.length; i++) {
            subnets[i] = other.computeIfAbsent(subnet(counts[i].of, next), Count::new);
            subnets[i].here += counts[i].here;
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i].subnet = subnets[i];
        }
        perSubnet = other;
    }

    /** Why one more client of this source may not come; null if it may. Its connect is taken from its rate then. */
    @Nullable RefuseReason refusal(Source source, long now) {
        if (here(perIp.get(source)) >= limits.maxPerIp()) {
            return RefuseReason.PER_IP;
        }
        if (here(perSubnet.get(subnet(source, limits))) >= limits.maxPerSubnet()) {
            return RefuseReason.PER_SUBNET;
        }
        int rate = limits.maxConnectRate();
        return rate == Limits.OFF || rates.take(source, rate, now) ? null : RefuseReason.CONNECT_RATE;
    }

    private static int here(@Nullable Count count) {
        return count == null ? 0 : count.here;
    }

    /** One more is here. */
    void add(Source source) {
        var count = perIp.computeIfAbsent(source, Count::new);
        if (count.subnet == null) {
            count.subnet = perSubnet.computeIfAbsent(subnet(source, limits), Count::new);
        }
        count.here++;
        count.subnet.here++;
    }

    /** One of those who were added has gone. */
    void remove(Source source) {
        var count = perIp.get(source);
        if (count != null && --count.here == 0) {
            perIp.remove(source);
        }
        var subnet = count == null ? null : count.subnet;
        if (subnet != null && --subnet.here == 0) {
            perSubnet.remove(subnet.of);
        }
    }

    /** How many sources and subnets are remembered because somebody of them is here. */
    int counted() {
        return perIp.size() + perSubnet.size();
    }

    private static Source subnet(Source source, Limits limits) {
        return source.subnet(limits.subnetBitsV4(), limits.subnetBitsV6());
    }
}

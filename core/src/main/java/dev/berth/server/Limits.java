package dev.berth.server;

import java.net.InetAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Pace;

/**
 * Who may come and how much of a server one peer may take: the limits that can be changed while it runs, with
 * {@link TcpServer#limits(Limits)}.
 *
 * <p>Immutable: each method with an argument returns a copy. At accept the rungs are tried in the order in which they stand
 * here, and the first that refuses is counted under its name in {@link RefuseReason}. A client that waits counts like one
 * that is served.
 *
 * @param deny who may not come, whatever else is said
 * @param allow who may come; empty for everybody
 * @param maxPerIp how many clients one IPv4 address, or one IPv6 /64, may have here
 * @param maxPerSubnet how many clients one subnet may have here
 * @param subnetBitsV4 how many leading bits make an IPv4 subnet, 1 to 32
 * @param subnetBitsV6 how many leading bits make an IPv6 subnet, 1 to 64
 * @param maxConnectRate how often one IPv4 address, or one IPv6 /64, may connect in a second
 * @param maxConnections how many clients are served at once
 * @param maxQueued how many clients wait for a place at once
 * @param maxFramesPerSecond how many frames of one client are taken in a second
 * @param maxBytesPerSecond how many bytes of one client are taken in a second
 */
public record Limits(
        List<Cidr> deny,
        List<Cidr> allow,
        int maxPerIp,
        int maxPerSubnet,
        int subnetBitsV4,
        int subnetBitsV6,
        int maxConnectRate,
        int maxConnections,
        int maxQueued,
        int maxFramesPerSecond,
        int maxBytesPerSecond) {

    /** No limit. */
    public static final int OFF = Integer.MAX_VALUE;

    /** What holds where nobody says: 10 000 clients at once, 1024 that wait, all else off; a subnet is a /24 or a /48. */
    // A /24 is the least that is routed, and a /48 what one site gets: RFC 6177.
    public static final Limits DEFAULT =
            new Limits(List.of(), List.of(), OFF, OFF, 24, 48, OFF, 10_000, 1_024, OFF, OFF);

    private static final int MAX_CLIENTS = 10_000_000;
    private static final int MAX_RATE = 1_000_000;

    /** Copies the lists; the values are checked where they are used. */
    public Limits {
        deny = List.copyOf(deny);
        allow = List.copyOf(allow);
    }

    /** Who may not come, whatever else is said; default nobody. */
    public Limits deny(Cidr... networks) {
        return new Limits(List.of(networks), allow, maxPerIp, maxPerSubnet, subnetBitsV4, subnetBitsV6, maxConnectRate,
                maxConnections, maxQueued, maxFramesPerSecond, maxBytesPerSecond);
    }

    /** Who may come; default everybody. */
    public Limits allow(Cidr... networks) {
        return new Limits(deny, List.of(networks), maxPerIp, maxPerSubnet, subnetBitsV4, subnetBitsV6, maxConnectRate,
                maxConnections, maxQueued, maxFramesPerSecond, maxBytesPerSecond);
    }

    /** How many clients one IPv4 address, or one IPv6 /64, may have here; default {@link #OFF}. */
    public Limits maxPerIp(int clients) {
        return new Limits(deny, allow, clients, maxPerSubnet, subnetBitsV4, subnetBitsV6, maxConnectRate, maxConnections,
                maxQueued, maxFramesPerSecond, maxBytesPerSecond);
    }

    /** How many clients one subnet may have here; default {@link #OFF}. */
    public Limits maxPerSubnet(int clients) {
        return new Limits(deny, allow, maxPerIp, clients, subnetBitsV4, subnetBitsV6, maxConnectRate, maxConnections,
                maxQueued, maxFramesPerSecond, maxBytesPerSecond);
    }

    /** How many leading bits make a subnet: 1 to 32 of an IPv4 address, 1 to 64 of an IPv6 address; default 24 and 48. */
    public Limits subnetBits(int v4, int v6) {
        return new Limits(deny, allow, maxPerIp, maxPerSubnet, v4, v6, maxConnectRate, maxConnections, maxQueued,
                maxFramesPerSecond, maxBytesPerSecond);
    }

    /** How often one IPv4 address, or one IPv6 /64, may connect in a second, and at once; default {@link #OFF}. */
    public Limits maxConnectRate(int perSecond) {
        return new Limits(deny, allow, maxPerIp, maxPerSubnet, subnetBitsV4, subnetBitsV6, perSecond, maxConnections,
                maxQueued, maxFramesPerSecond, maxBytesPerSecond);
    }

    /** How many clients are served at once, exactly; default 10 000. */
    public Limits maxConnections(int clients) {
        return new Limits(deny, allow, maxPerIp, maxPerSubnet, subnetBitsV4, subnetBitsV6, maxConnectRate, clients,
                maxQueued, maxFramesPerSecond, maxBytesPerSecond);
    }

    /** How many clients wait for a place at once, exactly; default 1024. */
    public Limits maxQueued(int clients) {
        return new Limits(deny, allow, maxPerIp, maxPerSubnet, subnetBitsV4, subnetBitsV6, maxConnectRate, maxConnections,
                clients, maxFramesPerSecond, maxBytesPerSecond);
    }

    /**
     * How many frames of one client are taken in a second; default {@link #OFF}. Past it the client is read later.
     *
     * <p>While we are the ones who wait, no deadline for what it sends runs, and its end is not seen before everything it had sent is
     * served at this rate, which may take days. {@link ServerBuilder#maxAge} ends it all the same: set that too where places are few.
     */
    public Limits maxFramesPerSecond(int frames) {
        return new Limits(deny, allow, maxPerIp, maxPerSubnet, subnetBitsV4, subnetBitsV6, maxConnectRate, maxConnections,
                maxQueued, frames, maxBytesPerSecond);
    }

    /**
     * How many bytes of one client are taken in a second; default {@link #OFF}. Past it the client is read later, as with
     * {@link #maxFramesPerSecond(int)}: its deadlines wait too, and {@link ServerBuilder#maxAge} does not.
     */
    public Limits maxBytesPerSecond(int bytes) {
        return new Limits(deny, allow, maxPerIp, maxPerSubnet, subnetBitsV4, subnetBitsV6, maxConnectRate, maxConnections,
                maxQueued, maxFramesPerSecond, bytes);
    }

    /** Fails with the first setting that is not allowed. */
    void check(WhenFull whenFull) {
        bounded("maxPerIp", maxPerIp, MAX_CLIENTS);
        bounded("maxPerSubnet", maxPerSubnet, MAX_CLIENTS);
        Checks.between("subnetBits", subnetBitsV4, 1, Integer.SIZE);
        Checks.between("subnetBits", subnetBitsV6, 1, Long.SIZE);
        bounded("maxConnectRate", maxConnectRate, MAX_RATE);
        Checks.between("maxConnections", maxConnections, 1, MAX_CLIENTS);
        // Who replaces another waits for the place until that one has ended.
        Checks.between("maxQueued", maxQueued, whenFull == WhenFull.REPLACE ? 1 : 0, MAX_CLIENTS);
        bounded("maxFramesPerSecond", maxFramesPerSecond, OFF);
        bounded("maxBytesPerSecond", maxBytesPerSecond, OFF);
    }

    private static void bounded(String setting, int value, int most) {
        if (value != OFF) {
            Checks.between(setting, value, 1, most);
        }
    }

    /** Why nobody with this address may come; null if somebody may. */
    @Nullable RefuseReason barred(InetAddress address) {
        byte[] plain = Cidr.plain(address).getAddress();
        if (contains(deny, plain)) {
            return RefuseReason.DENIED;
        }
        return allow.isEmpty() || contains(allow, plain) ? null : RefuseReason.NOT_ALLOWED;
    }

    /** How fast the input of one client is taken. */
    Pace pace() {
        return Pace.of(maxFramesPerSecond, maxBytesPerSecond);
    }

    private static boolean contains(List<Cidr> networks, byte[] plain) {
        return networks.stream().anyMatch(network -> network.contains(plain));
    }
}

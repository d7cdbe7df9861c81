package dev.berth.cli.torture;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;

/**
 * Whom the attacks go to: looked up once, so that a name can't lead elsewhere after it was allowed.
 *
 * @param typed what the user typed
 * @param address where the attacks go
 */
public record Target(Endpoint typed, InetSocketAddress address) {
    private static final int ULA_MASK = 0xFE;
    private static final int ULA = 0xFC;

    /**
     * The target, if it may be attacked: on this machine or in a private network, or named by this word as a host that may be.
     *
     * @throws UnknownHostException if its name means nothing
     * @throws IllegalArgumentException if it may not be attacked
     */
    public static Target of(Endpoint typed, @Nullable String mayAttack) throws UnknownHostException {
        if (mayAttack != null && !mayAttack.equals(typed.host())) {
            throw new IllegalArgumentException("--i-may-attack names '" + mayAttack + "', but the server is '" + typed.host()
                    + "'; both must be the same word");
        }
        InetAddress found = InetAddress.getByName(typed.host());
        if (mayAttack == null && !isNear(found)) {
            throw new IllegalArgumentException(typed.host() + " is neither this machine nor in a private network; if you may attack it, say --i-may-attack "
                    + typed.host());
        }
        return new Target(typed, new InetSocketAddress(found, typed.port()));
    }

    /** Loopback, private (RFC 1918), unique local (RFC 4193), or on this very wire. */
    static boolean isNear(InetAddress address) {
        return address.isLoopbackAddress()
                || (address.isSiteLocalAddress() && !(address instanceof Inet6Address))
                || address.isLinkLocalAddress()
                || (address instanceof Inet6Address && (address.getAddress()[0] & ULA_MASK) == ULA);
    }

    /** Where the victim connects: the same address. */
    Endpoint endpoint() {
        return typed.on(address.getAddress().getHostAddress());
    }
}

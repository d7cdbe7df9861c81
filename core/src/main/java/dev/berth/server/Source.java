package dev.berth.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Whom a client counts as: its IPv4 address, or the /64 of its IPv6 address, since a household or a machine owns at least
 * that much and could come from each of its addresses.
 *
 * <p>Comparable, so that a map holds its speed when somebody chooses addresses that collide.
 *
 * @param v6 whether it is an IPv6 network
 * @param network the leading bits of the address, from the top
 */
record Source(boolean v6, long network) implements Comparable<Source> {

    static Source of(InetAddress address) {
        var plain = Cidr.plain(address);
        var bytes = ByteBuffer.wrap(plain.getAddress());
        return plain instanceof Inet6Address
                ? new Source(true, bytes.getLong())
                : new Source(false, (long) bytes.getInt() << Integer.SIZE);
    }

    /** The network it is in, of so many leading bits. */
    Source subnet(int bitsV4, int bitsV6) {
        return new Source(v6, network & -1L << (Long.SIZE - (v6 ? bitsV6 : bitsV4)));
    }

    @Override
    public int compareTo(Source other) {
        return v6 == other.v6 ? Long.compare(network, other.network) : Boolean.compare(v6, other.v6);
    }
}

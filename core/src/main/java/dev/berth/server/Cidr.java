package dev.berth.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A network of addresses: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address. An IPv4-mapped IPv6 address is the
 * IPv4 address in it, on both sides.
 *
 * <p>Immutable.
 *
 * @param network its first address
 * @param bits how many leading bits all its addresses have in common
 */
public record Cidr(InetAddress network, int bits) {
    private static final int MAPPED_BITS = 96;
    // InetAddress.ofLiteral reads 10.1 as 10.0.0.1, which nobody means who writes 10.1/16.
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Checks that no bit is set behind the common ones.
     *
     * @throws IllegalArgumentException if one is, or there are more bits than the address has
     */
    public Cidr {
        network = plain(network);
        int most = network.getAddress().length * Byte.SIZE;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException(
                    network.getHostAddress() + "/" + bits + " is no network: allowed are /0 to /" + most);
        }
        var first = firstOf(network.getAddress(), bits);
        if (!first.equals(network)) {
            throw new IllegalArgumentException(network.getHostAddress() + "/" + bits
                    + " is an address inside a network; write " + first.getHostAddress() + "/" + bits + " for the network");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address. Looks no name up.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String bits = slash < 0 ? "" : text.substring(slash + 1);
        if (!ADDRESS.matcher(address).matches() || (slash >= 0 && !bits.matches("\\d{1,3}"))) {
            throw unreadable(text);
        }
        InetAddress network;
        try {
            network = InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw unreadable(text);
        }
        boolean mapped = address.indexOf(':') >= 0 && network instanceof Inet4Address;
        int all = network.getAddress().length * Byte.SIZE;
        return new Cidr(network, slash < 0 ? all : Integer.parseInt(bits) - (mapped ? MAPPED_BITS : 0));
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a network; write 10.0.0.0/8, fd00::/8 or one address");
    }

    /** Whether the address is one of the network's. */
    public boolean contains(InetAddress address) {
        return contains(plain(address).getAddress());
    }

    /** The same for the bytes of a {@link #plain} address: who looks through a long list makes it plain once. */
    boolean contains(byte[] plain) {
        byte[] first = network.getAddress();
        int whole = bits / Byte.SIZE;
        if (plain.length != first.length || !Arrays.equals(plain, 0, whole, first, 0, whole)) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || (plain[whole] & 0xff00 >> rest & 0xff) == (first[whole] & 0xff);
    }

    /** The address without a scope, and as IPv4 where it is one mapped into IPv6. */
    static InetAddress plain(InetAddress address) {
        return of(address.getAddress());
    }

    private static InetAddress firstOf(byte[] address, int bits) {
        byte[] first = Arrays.copyOf(address, address.length);
        int whole = bits / Byte.SIZE;
        if (whole < first.length) {
            first[whole] &= (byte) (0xff00 >> bits % Byte.SIZE);
            Arrays.fill(first, whole + 1, first.length, (byte) 0);
        }
        return of(first);
    }

    private static InetAddress of(byte[] address) {
        try {
            // The JDK makes an IPv4 address of one that is mapped.
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** As it is written: {@code 10.0.0.0/8}. */
    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }
}

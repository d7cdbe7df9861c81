package dev.berth.transport;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** How addresses are written for people: {@code 10.2.0.7:51812}, {@code [::1]:8080}. */
public final class Endpoints {

    private Endpoints() {}

    /** Host and port; an IPv6 address in brackets, an unresolved name as it is. Never looks a name up. */
    public static String text(InetSocketAddress address) {
        return host(address) + ":" + address.getPort();
    }

    private static String host(InetSocketAddress address) {
        var ip = address.getAddress();
        if (ip == null) {
            return address.getHostString();
        }
        return ip instanceof Inet6Address ? "[" + ip.getHostAddress() + "]" : ip.getHostAddress();
    }
}

package dev.berth.cli.serving;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import dev.berth.cli.args.Endpoint;

/** Finds out why an address could not be listened on, by trying what else can be: systems differ in the words of their errors. */
public final class BindTrouble {
    private static final int LAST_PRIVILEGED_PORT = 1023;
    private static final int CONNECT_MILLIS = 200;
    private static final int NEIGHBOURS = 20;

    private BindTrouble() {}

    /** Says what is wrong and what to do, in one line. */
    public static String explain(Endpoint endpoint, BindException error) {
        String where = "port " + endpoint.port() + " on " + endpoint.host();
        try {
            InetAddress host = InetAddress.getByName(endpoint.host());
            if (isForeign(host)) {
                return endpoint.host() + " is not an address of this machine; use --bind 127.0.0.1, or --bind 0.0.0.0 for all it has";
            }
            if (!canListen(host, 0)) {
                return error.getMessage() + "; use --bind 127.0.0.1, or --bind 0.0.0.0";
            }
            if (endpoint.port() <= LAST_PRIVILEGED_PORT && !answers(host, endpoint.port())) {
                return where + " is not allowed: ports below 1024 are the system's; use --port 8080, or --port 0 for any";
            }
            OptionalInt free = IntStream.rangeClosed(endpoint.port() + 1, Math.min(endpoint.port() + NEIGHBOURS, 65_535))
                    .filter(port -> canListen(host, port))
                    .findFirst();
            return where + " is taken by another program; use "
                    + (free.isPresent() ? "--port " + free.getAsInt() + ", or " : "") + "--port 0 for any";
        } catch (IOException e) {
            return String.valueOf(error.getMessage());
        }
    }

    private static boolean isForeign(InetAddress host) throws IOException {
        return !host.isAnyLocalAddress() && !host.isLoopbackAddress() && NetworkInterface.getByInetAddress(host) == null;
    }

    private static boolean canListen(InetAddress host, int port) {
        int backlog = 1;
        try (ServerSocket _ = new ServerSocket(port, backlog, host)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answers(InetAddress host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

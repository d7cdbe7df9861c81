package dev.berth.client;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.berth.client.ConnectFailedException.Kind;
import dev.berth.transport.ConnectOptions;
import dev.berth.transport.Endpoints;
import dev.berth.transport.Link;
import dev.berth.transport.Transport;

/**
 * Goes from a name to a link: resolves it and tries its addresses in turn, all within one deadline.
 *
 * @param lookup how the addresses of a name are found
 * @param transport how sockets are opened
 * @param options how they are to be, and how long it may take
 */
record Connector(Lookup lookup, Transport transport, ConnectOptions options) {

    /** Finds the addresses of a name; may block for as long as it likes. */
    @FunctionalInterface
    interface Lookup {
        /** The system's: its hosts file, and DNS. */
        Lookup SYSTEM = InetAddress::getAllByName;

        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    Link connect(String host, int port) throws IOException {
        long deadline = System.nanoTime() + options.timeout().toNanos();
        var addresses = resolve(host, port);
        List<String> answers = new ArrayList<>();
        Kind kind = Kind.TIMED_OUT;
        IOException last = null;
        for (int i = 0; i < addresses.length; i++) {
            // What is left is shared fairly, so that one silent address does not use up the others' time.
            long share = (deadline - System.nanoTime()) / (addresses.length - i);
            if (share <= 0) {
                break;
            }
            var address = new InetSocketAddress(addresses[i], port);
            try {
                return transport.connect(address, within(Duration.ofNanos(share)));
            } catch (IOException e) {
                kind = kind(e);
                answers.add(Endpoints.text(address) + " " + answer(kind, e));
                last = e;
            }
        }
        var failed = new ConnectFailedException(
                kind, host, port, "cannot connect to " + host + ":" + port + ": " + String.join("; ", answers));
        if (last != null) {
            failed.initCause(last);
        }
        throw failed;
    }

    private ConnectOptions within(Duration timeout) {
        return new ConnectOptions(timeout, options.localAddress(), options.output(), options.keepAlive());
    }

    /**
     * A look-up blocks in the C library, for as long as that likes, and would pin a virtual thread's carrier: a platform thread does it,
     * which stays until it is over.
     */
    private InetAddress[] resolve(String host, int port) throws IOException {
        try {
            return new InetAddress[] {InetAddress.ofLiteral(host)};
        } catch (IllegalArgumentException name) {
            // It has to be looked up.
        }
        var found = new FutureTask<>(() -> lookup.addresses(host));
        Thread.ofPlatform().daemon().name("berth-resolve").start(found);
        try {
            return found.get(options.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            var late = new ConnectFailedException(Kind.TIMED_OUT, host, port,
                    "cannot connect to " + host + ":" + port + ": the name was not looked up in time");
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                var unknown = new ConnectFailedException(
                        Kind.UNKNOWN_HOST, host, port, "cannot connect to " + host + ":" + port + ": unknown host");
                unknown.initCause(e.getCause());
                throw unknown;
            }
            throw new IOException("cannot look up " + host, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while looking up " + host, e);
        }
    }

    private static Kind kind(IOException e) {
        return switch (e) {
            case NoRouteToHostException _ -> Kind.UNREACHABLE;
            case SocketTimeoutException _ -> Kind.TIMED_OUT;
            case BindException _ -> Kind.FAILED;
            case ConnectException _ -> Kind.REFUSED;
            default -> Kind.FAILED;
        };
    }

    private String answer(Kind kind, IOException e) {
        return switch (kind) {
            case REFUSED -> "refused: nothing listens there";
            case UNREACHABLE -> "is unreachable";
            case TIMED_OUT -> "did not answer in time";
            case UNKNOWN_HOST, FAILED -> "failed: " + e.getMessage() + (e instanceof BindException ? whyNoPort() : "");
        };
    }

    /** The system chose no port for us, or was not asked to: EADDRNOTAVAIL, and EACCES for an address that is none. */
    private String whyNoPort() {
        return options.localAddress() == null ? "; as a rule no port of this machine is free for one more connection to it" : "";
    }
}

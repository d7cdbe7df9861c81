package dev.berth.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Connection;
import dev.berth.connection.FrameTap;
import dev.berth.connection.InputLimits;
import dev.berth.connection.LinkConnection;
import dev.berth.framing.Codec;
import dev.berth.transport.ConnectOptions;
import dev.berth.transport.KeepAlive;
import dev.berth.transport.OutputLimits;
import dev.berth.transport.Transport;

/**
 * Settings of a client, with every default on this one screen.
 *
 * <p>Not thread-safe; {@link #connect} may be called more than once.
 *
 * @param <T> what is received and sent
 */
public final class ClientBuilder<T> {
    private static final Duration MAX_TIMEOUT = Duration.ofDays(1);
    private static final int MAX_PORT = 65_535;

    /** What clients share: numbers, and a transport whose one thread exists only while some output needs it. */
    private static final AtomicLong IDS = new AtomicLong();

    private static final Transport SHARED = Transport.portable();

    private final Codec<T> codec;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private @Nullable InetSocketAddress localAddress;
    private FrameTap tap = FrameTap.NONE;
    private Transport transport = SHARED;

    ClientBuilder(Codec<T> codec) {
        this.codec = codec;
    }

    /** How long connecting may take, the name's look-up and all its addresses together; default 10 s. */
    public ClientBuilder<T> connectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        return this;
    }

    /** The address of this machine to come from; port 0 lets the system choose one. Default the system's choice. */
    public ClientBuilder<T> localAddress(String host, int port) throws IOException {
        this.localAddress = new InetSocketAddress(InetAddress.getByName(host), checkedPort(port));
        return this;
    }

    /** Who sees every frame; default nobody. */
    public ClientBuilder<T> tap(FrameTap tap) {
        this.tap = tap;
        return this;
    }

    /** How sockets are opened; default a portable transport that clients share. */
    public ClientBuilder<T> transport(Transport transport) {
        this.transport = transport;
        return this;
    }

    /**
     * Connects, trying every address of the name in turn.
     *
     * @throws ConnectFailedException if none of them answers
     * @throws IllegalArgumentException if a setting is not allowed
     */
    public Connection<T> connect(String host, int port) throws IOException {
        if (connectTimeout.compareTo(Duration.ofMillis(1)) < 0 || connectTimeout.compareTo(MAX_TIMEOUT) > 0) {
            // PT0.5S in the words of the command's options: 0.5s.
            String said = connectTimeout.toString().substring(2).toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException("connectTimeout is " + said + ", allowed are 1ms to 24h");
        }
        var options = new ConnectOptions(connectTimeout, localAddress, OutputLimits.CLIENT, KeepAlive.TWO_MINUTES);
        var link = new Connector(Connector.Lookup.SYSTEM, transport, options).connect(host, checkedPort(port));
        link.owner(Thread.currentThread());
        return new LinkConnection<>(IDS.incrementAndGet(), link, codec, tap, InputLimits.NONE);
    }

    private static int checkedPort(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port is " + port + ", allowed are 0 to " + MAX_PORT);
        }
        return port;
    }
}

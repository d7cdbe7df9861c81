package dev.berth.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Connection;
import dev.berth.connection.Deadlines;
import dev.berth.connection.FrameTap;
import dev.berth.framing.Codec;
import dev.berth.transport.KeepAlive;
import dev.berth.transport.OutputLimits;
import dev.berth.transport.Overflow;
import dev.berth.transport.Transport;

/**
 * Settings of a server, with every default on this one screen.
 *
 * <p>Not thread-safe. A bad setting fails in {@link #start} with its name, its value and what is allowed.
 *
 * @param <T> what is received and sent
 */
public final class ServerBuilder<T> {
    private static final int LEAST_SEND_BUFFER = 1_024;
    private static final int MAX_PORT = 65_535;
    private static final Duration LEAST_DEAD_AFTER = Duration.ofSeconds(8);
    private static final Duration MAX_WAIT = Duration.ofDays(1);

    private final Codec<T> codec;
    private @Nullable Handler<T> handler;
    private @Nullable LoginStep<?> login;
    private Duration authTimeout = Duration.ofSeconds(5);
    // This machine only: letting others in is said, never assumed (docs/decisions/0003).
    private String host = "127.0.0.1";
    private int port = 8080;
    private @Nullable String name;
    private int backlog = 1024;
    private int sendBufferBytes = Limits.OFF;
    private Limits limits = Limits.DEFAULT;
    private Duration queueTimeout = Duration.ofSeconds(5);
    private WhenFull whenFull = WhenFull.WAIT;
    private @Nullable T busyNotice;
    private @Nullable IntFunction<T> queueNotice;
    private int maxOutputBytes = OutputLimits.SERVER.hardBytes();
    private int softOutputBytes = OutputLimits.SERVER.softBytes();
    private Duration softOutputTime = OutputLimits.SERVER.softTime();
    private Timeouts timeouts = Timeouts.DEFAULT;
    private Duration deadAfter = Duration.ofMinutes(2);
    private Duration maxAge = Deadlines.OFF;
    private Duration heartbeatEvery = Deadlines.OFF;
    private @Nullable T heartbeat;
    private ServerEvents events = ServerEvents.NONE;
    private FrameTap tap = FrameTap.NONE;
    private @Nullable Transport transport;

    ServerBuilder(Codec<T> codec) {
        this.codec = codec;
    }

    /** The code that serves each client; must be given. */
    public ServerBuilder<T> handler(Handler<T> handler) {
        this.handler = handler;
        return this;
    }

    /**
     * Who decides whether a client may be served, before the handler is called for it; default nobody, and all are. Not with
     * {@link WhenFull#REPLACE}, by which whoever connects, known or not, ends a client that is served.
     */
    public ServerBuilder<T> authenticate(Authenticator<T> authenticator) {
        return authenticate(codec, authenticator);
    }

    /** The same, where clients log in with other messages than they go on with: a line of text before binary frames. */
    public <L> ServerBuilder<T> authenticate(Codec<L> loginCodec, Authenticator<L> authenticator) {
        login = new LoginStep<>(loginCodec, authenticator, Deadlines.OFF);
        return this;
    }

    /** How long a client may take, from its place, to show that it may be served, or {@link Deadlines#OFF}; default 5 s. */
    public ServerBuilder<T> authTimeout(Duration authTimeout) {
        this.authTimeout = authTimeout;
        return this;
    }

    /**
     * The address to listen on: a name or an IP address of this machine, {@code 0.0.0.0} for all of IPv4, {@code ::} for
     * all. Default 127.0.0.1, this machine only. Port 0 lets the system choose.
     */
    public ServerBuilder<T> bind(String host, int port) {
        this.host = host;
        return port(port);
    }

    /** The port to listen on, 0 to 65535; default 8080, 0 lets the system choose. */
    public ServerBuilder<T> port(int port) {
        this.port = port;
        return this;
    }

    /** The name in thread names and snapshots; default the port. */
    public ServerBuilder<T> name(String name) {
        this.name = name;
        return this;
    }

    /** How many unaccepted connections the kernel may keep; default 1024, cut to the kernel's own limit. */
    public ServerBuilder<T> backlog(int backlog) {
        this.backlog = backlog;
        return this;
    }

    /**
     * How many bytes the system may hold of what one client has not acknowledged ({@code SO_SNDBUF} of socket(7), which doubles it for its
     * own needs), 1024 or more; default {@link Limits#OFF}, the system's own choice, on Linux up to some MB for a client that does not read.
     * Less than its path needs (bandwidth times round trip) slows a client that does: 256 KiB at 50 ms are 5 MB/s.
     */
    public ServerBuilder<T> sendBufferBytes(int sendBufferBytes) {
        this.sendBufferBytes = sendBufferBytes;
        return this;
    }

    /** How many clients are served at once, exactly; default 10 000. */
    public ServerBuilder<T> maxConnections(int maxConnections) {
        limits = limits.maxConnections(maxConnections);
        return this;
    }

    /** How many clients wait for a place at once, exactly; default 1024, 0 for none, at least 1 with REPLACE. */
    public ServerBuilder<T> maxQueued(int maxQueued) {
        limits = limits.maxQueued(maxQueued);
        return this;
    }

    /** How long a client waits for a place before it is refused; default 5 s. */
    public ServerBuilder<T> queueTimeout(Duration queueTimeout) {
        this.queueTimeout = queueTimeout;
        return this;
    }

    /** What happens to the next client when every place is taken; default {@link WhenFull#WAIT}. No REPLACE with {@link #authenticate}. */
    public ServerBuilder<T> whenFull(WhenFull whenFull) {
        this.whenFull = whenFull;
        return this;
    }

    /** What a refused client is told, in the protocol's own framing; default nothing. */
    public ServerBuilder<T> busyNotice(T busyNotice) {
        this.busyNotice = busyNotice;
        return this;
    }

    /** What a client is told when it begins to wait, from its position in the queue (the first is 1); default nothing. */
    public ServerBuilder<T> queueNotice(IntFunction<T> queueNotice) {
        this.queueNotice = queueNotice;
        return this;
    }

    /**
     * How many unsent bytes one client's output may hold; default 4 MiB. Its own thread waits for room; anybody else's
     * send cuts the client as a slow reader.
     */
    public ServerBuilder<T> maxOutputBytes(int maxOutputBytes) {
        this.maxOutputBytes = maxOutputBytes;
        return this;
    }

    /** How many unsent bytes make a slow reader when they stay for {@link #softOutputTime}; default 1 MiB. */
    public ServerBuilder<T> softOutputBytes(int softOutputBytes) {
        this.softOutputBytes = softOutputBytes;
        return this;
    }

    /** How long {@link #softOutputBytes} may be exceeded; default 10 s. */
    public ServerBuilder<T> softOutputTime(Duration softOutputTime) {
        this.softOutputTime = softOutputTime;
        return this;
    }

    /** Deadlines that suit a kind of network, where they are not set one by one; default {@link Profile#LAN}. */
    public ServerBuilder<T> profile(Profile profile) {
        timeouts = timeouts.profile(profile);
        return this;
    }

    /** How long a client may take to its first byte, or {@link Deadlines#OFF}; default the profile's. */
    public ServerBuilder<T> firstByteTimeout(Duration firstByteTimeout) {
        timeouts = timeouts.firstByte(firstByteTimeout);
        return this;
    }

    /** How long a frame may take from its first byte to its last, or {@link Deadlines#OFF}; default the profile's. */
    public ServerBuilder<T> frameTimeout(Duration frameTimeout) {
        timeouts = timeouts.frame(frameTimeout);
        return this;
    }

    /** How long a client may send nothing between two frames, or {@link Deadlines#OFF}; default the profile's. */
    public ServerBuilder<T> idleTimeout(Duration idleTimeout) {
        timeouts = timeouts.idle(idleTimeout);
        return this;
    }

    /**
     * How long a client may take nothing of what is sent to it, or less than 128 bytes a second, or {@link Deadlines#OFF}; default
     * the profile's. The system tells in steps what was taken, of about a third of what it holds for a client; a client that reads less than
     * one step in this time, while more waits for it, is cut too. Without {@link #sendBufferBytes} a step is up to 1.3 MB on Linux.
     */
    public ServerBuilder<T> writeTimeout(Duration writeTimeout) {
        timeouts = timeouts.write(writeTimeout);
        return this;
    }

    /**
     * Within what time the kernel notices a client that vanished without a word, from 8 s, or {@link Deadlines#OFF}; default 2 min.
     * It asks silent clients only: one that we sent something to is noticed by the kernel's own limit, some 15 min.
     */
    public ServerBuilder<T> deadAfter(Duration deadAfter) {
        this.deadAfter = deadAfter;
        return this;
    }

    /**
     * How long a client is served, give or take a tenth, before it is asked to end as by a drain, and cut 25 s later; default
     * {@link Deadlines#OFF}.
     */
    public ServerBuilder<T> maxAge(Duration maxAge) {
        this.maxAge = maxAge;
        return this;
    }

    /**
     * A message that is sent to a client after so long without any other, all of which it has taken, until {@link Connection#switchTo}
     * leaves the server's codec; default none.
     */
    public ServerBuilder<T> heartbeat(Duration every, T message) {
        heartbeatEvery = every;
        heartbeat = message;
        return this;
    }

    /** Who may not come, whatever else is said; default nobody. {@link TcpServer#limits(Limits)} changes it later. */
    public ServerBuilder<T> deny(Cidr... networks) {
        limits = limits.deny(networks);
        return this;
    }

    /** Who may come; default everybody. */
    public ServerBuilder<T> allow(Cidr... networks) {
        limits = limits.allow(networks);
        return this;
    }

    /** How many clients one IPv4 address, or one IPv6 /64, may have here, waiting ones included; default {@link Limits#OFF}. */
    public ServerBuilder<T> maxPerIp(int maxPerIp) {
        limits = limits.maxPerIp(maxPerIp);
        return this;
    }

    /** How many clients one subnet may have here, waiting ones included; default {@link Limits#OFF}. */
    public ServerBuilder<T> maxPerSubnet(int maxPerSubnet) {
        limits = limits.maxPerSubnet(maxPerSubnet);
        return this;
    }

    /** How many leading bits make a subnet: 1 to 32 of an IPv4 address, 1 to 64 of an IPv6 address; default 24 and 48. */
    public ServerBuilder<T> subnetBits(int v4, int v6) {
        limits = limits.subnetBits(v4, v6);
        return this;
    }

    /** How often one IPv4 address, or one IPv6 /64, may connect in a second, and at once; default {@link Limits#OFF}. */
    public ServerBuilder<T> maxConnectRate(int perSecond) {
        limits = limits.maxConnectRate(perSecond);
        return this;
    }

    /**
     * How many frames of one client are taken in a second; default {@link Limits#OFF}. Past it the client is read later, and its
     * deadlines wait too, but not {@link #maxAge}: see {@link Limits#maxFramesPerSecond(int)}.
     */
    public ServerBuilder<T> maxFramesPerSecond(int maxFramesPerSecond) {
        limits = limits.maxFramesPerSecond(maxFramesPerSecond);
        return this;
    }

    /**
     * How many bytes of one client are taken in a second; default {@link Limits#OFF}. Past it the client is read later, and its
     * deadlines wait too, but not {@link #maxAge}: see {@link Limits#maxFramesPerSecond(int)}.
     */
    public ServerBuilder<T> maxBytesPerSecond(int maxBytesPerSecond) {
        limits = limits.maxBytesPerSecond(maxBytesPerSecond);
        return this;
    }

    /** All limits that can be changed while the server runs, at once; in place of those said one by one before. */
    public ServerBuilder<T> limits(Limits limits) {
        this.limits = limits;
        return this;
    }

    /** Who observes; default nobody. */
    public ServerBuilder<T> events(ServerEvents events) {
        this.events = events;
        return this;
    }

    /** Who sees every frame; default nobody. */
    public ServerBuilder<T> tap(FrameTap tap) {
        this.tap = tap;
        return this;
    }

    /** How sockets are opened; default a portable transport of the server's own. */
    public ServerBuilder<T> transport(Transport transport) {
        this.transport = transport;
        return this;
    }

    /**
     * Binds the port and starts to accept.
     *
     * @throws IllegalArgumentException if a setting is not allowed
     * @throws java.net.BindException if the address cannot be bound; nothing stays open
     */
    public TcpServer start() throws IOException {
        return TcpServer.start(settings());
    }

    /**
     * Checks the settings as {@link #start} does, and opens nothing.
     *
     * @throws IllegalArgumentException if a setting is not allowed
     * @throws UnknownHostException if the address to listen on is a name that nobody knows
     */
    public void check() throws UnknownHostException {
        settings();
    }

    private ServerSettings<T> settings() throws UnknownHostException {
        Checks.between("port", port, 0, MAX_PORT);
        Checks.between("backlog", backlog, 1, Integer.MAX_VALUE);
        Checks.between("sendBufferBytes", sendBufferBytes, LEAST_SEND_BUFFER, Limits.OFF);
        limits.check(whenFull);
        if (login != null && whenFull == WhenFull.REPLACE) {
            throw new IllegalArgumentException("whenFull is REPLACE, allowed with authenticate (--auth-tokens) are WAIT and REFUSE:"
                    + " any stranger could replace a client");
        }
        Checks.between("softOutputBytes", softOutputBytes, 1, maxOutputBytes);
        Checks.between("maxOutputBytes", maxOutputBytes, codec.framing().maxFrameBytes(), Integer.MAX_VALUE / 2);
        Checks.within("queueTimeout", queueTimeout, Checks.LEAST, MAX_WAIT);
        Checks.within("softOutputTime", softOutputTime, Checks.LEAST, MAX_WAIT);
        Checks.withinOrOff("authTimeout", authTimeout);
        Checks.withinOrOff("maxAge", maxAge);
        Checks.withinOrOff("heartbeat", heartbeatEvery);
        if (busyNotice != null) {
            Notice.frame("busyNotice", busyNotice, codec);
        }
        if (queueNotice != null) {
            Notice.frame("queueNotice", queueNotice.apply(1), codec);
        }
        return new ServerSettings<>(
                codec,
                login == null ? null : login.checked(authTimeout),
                Objects.requireNonNull(handler, "handler must be given"),
                new InetSocketAddress(InetAddress.getByName(host), port),
                name,
                backlog,
                sendBufferBytes,
                limits,
                queueTimeout,
                whenFull,
                busyNotice,
                queueNotice,
                new OutputLimits(maxOutputBytes, softOutputBytes, softOutputTime, timeouts.writeTimeout(), Overflow.CUT),
                timeouts.deadlines(),
                keepAlive(),
                new Lifetime.Settings(maxAge, heartbeat == null ? null
                        : new Heartbeat(heartbeatEvery, Notice.frame("heartbeat", heartbeat, codec))),
                events,
                tap,
                transport == null ? Transport.portable() : transport);
    }

    private KeepAlive keepAlive() {
        if (deadAfter.equals(Deadlines.OFF)) {
            return KeepAlive.NONE;
        }
        Checks.within("deadAfter", deadAfter, LEAST_DEAD_AFTER, MAX_WAIT);
        return KeepAlive.within(deadAfter);
    }
}

package dev.berth.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.CountOrOff;
import dev.berth.cli.args.DurationOrOff;
import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Heartbeats;
import dev.berth.cli.args.Networks;
import dev.berth.cli.args.SizeOrOff;
import dev.berth.cli.args.Sizes;
import dev.berth.cli.args.Words;
import dev.berth.cli.config.Setting;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.Cidr;
import dev.berth.server.Limits;
import dev.berth.server.Profile;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;
import dev.berth.server.WhenFull;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The settings of one listener. The names of the options are those of the builder, and of the keys in a configuration file, which
 * is read with these same options.
 */
final class ListenerOptions {
    @Option(names = "--bind", paramLabel = "HOST", defaultValue = Endpoint.THIS_MACHINE, description = {
        "Address to listen on (default: ${DEFAULT-VALUE}, this machine only); 0.0.0.0 lets other machines in."
    })
    private String bind = "";

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080",
            description = "Port to listen on (default: ${DEFAULT-VALUE}); 0 takes any free one.")
    private String port = "";

    @Option(names = "--name", paramLabel = "NAME", description = "A name for the log and for threads (default: none, and the port).")
    private @Nullable String name;

    @Mixin
    private HandlerOptions handler = new HandlerOptions();

    @Mixin
    private FrameOptions frames = new FrameOptions();

    @Mixin
    private AuthOptions auth = new AuthOptions();

    @Option(names = "--max-connections", paramLabel = "N", defaultValue = "10000",
            description = "Clients served at once (default: ${DEFAULT-VALUE}; with --exec 1000).")
    private int maxConnections;

    @Option(names = "--max-queued", paramLabel = "N", defaultValue = "1024",
            description = "Clients that may wait for a place (default: ${DEFAULT-VALUE}).")
    private int maxQueued;

    @Option(names = "--queue-timeout", paramLabel = "DURATION", defaultValue = "5s",
            description = "How long a client waits for a place (default: ${DEFAULT-VALUE}).")
    private Duration queueTimeout = Duration.ZERO;

    @Option(names = "--when-full", paramLabel = "WHAT", defaultValue = "wait", description = {
        "What happens to the next client when every place is taken: wait (default), refuse, replace."
    })
    private WhenFull whenFull = WhenFull.WAIT;

    @Option(names = "--single", paramLabel = "WHAT",
            description = "One client at a time: the same as --max-connections 1 --when-full WHAT.")
    private @Nullable WhenFull single;

    @Option(names = "--busy-notice", paramLabel = "TEXT", description = "What a refused client is told (default: nothing).")
    private @Nullable String busyNotice;

    @Option(names = "--queue-notice", paramLabel = "TEXT", description = {
        "What a client is told when it begins to wait; {position} is its number in the queue (default: nothing)."
    })
    private @Nullable String queueNotice;

    @Option(names = "--backlog", paramLabel = "N", defaultValue = "1024",
            description = "Connections the system keeps until they are accepted (default: ${DEFAULT-VALUE}).")
    private int backlog;

    @Option(names = "--send-buffer-bytes", paramLabel = "SIZE", converter = SizeOrOff.class, defaultValue = "off", description = {
        "Bytes that the system may hold of what one client has not acknowledged (default: ${DEFAULT-VALUE}, which leaves it to the system:"
                + " some MB for a client that does not read)."
    })
    private int sendBufferBytes;

    @Option(names = "--max-output-bytes", paramLabel = "SIZE", converter = Sizes.class, defaultValue = "4MiB",
            description = "Unsent bytes that one client's output may hold (default: ${DEFAULT-VALUE}, or one message).")
    private int maxOutputBytes;

    @Option(names = "--soft-output-bytes", paramLabel = "SIZE", converter = Sizes.class, defaultValue = "1MiB",
            description = "Unsent bytes that make a slow reader when they stay for --soft-output-time (default: ${DEFAULT-VALUE}).")
    private int softOutputBytes;

    @Option(names = "--soft-output-time", paramLabel = "DURATION", defaultValue = "10s",
            description = "How long --soft-output-bytes may be exceeded (default: ${DEFAULT-VALUE}).")
    private Duration softOutputTime = Duration.ZERO;

    @Option(names = "--profile", paramLabel = "WHAT", defaultValue = "lan", description = {
        "Deadlines for a kind of network, where they are not given one by one: lan (default), public."
    })
    private Profile profile = Profile.LAN;

    @Option(names = "--first-byte-timeout", paramLabel = "LIMIT", converter = DurationOrOff.class,
            description = "How long a client may take to its first byte (default: off; public 30s).")
    private @Nullable Duration firstByteTimeout;

    @Option(names = "--frame-timeout", paramLabel = "LIMIT", converter = DurationOrOff.class,
            description = "How long a message may take from its first byte to its last (default: 30s).")
    private @Nullable Duration frameTimeout;

    @Option(names = "--idle-timeout", paramLabel = "LIMIT", converter = DurationOrOff.class, description = {
        "How long a client may send nothing between two messages (default: 15m, and who takes what it is sent may stay; public 5m)."
    })
    private @Nullable Duration idleTimeout;

    @Option(names = "--write-timeout", paramLabel = "LIMIT", converter = DurationOrOff.class, description = {
        "How long a client may take nothing of what it is sent, or less than 128 bytes a second (default: 30s; public 10s). It is seen"
                + " in steps, of a third of --send-buffer-bytes."
    })
    private @Nullable Duration writeTimeout;

    @Option(names = "--dead-after", paramLabel = "LIMIT", converter = DurationOrOff.class, defaultValue = "2m",
            description = "Within what time the system notices a client that vanished (default: ${DEFAULT-VALUE}).")
    private Duration deadAfter = Duration.ZERO;

    @Option(names = "--max-age", paramLabel = "LIMIT", converter = DurationOrOff.class, defaultValue = "off",
            description = "How long a client is served, give or take a tenth, before it is asked to end (default: ${DEFAULT-VALUE}).")
    private Duration maxAge = Duration.ZERO;

    @Option(names = "--heartbeat", paramLabel = "'DURATION TEXT'", defaultValue = "off",
            description = "What a client is sent after so long without another message: '30s PING' (default: ${DEFAULT-VALUE}).")
    private Heartbeats heartbeat = Heartbeats.NONE;

    @Option(names = "--deny", paramLabel = "CIDR", split = ",", converter = Networks.class, description = {
        "Networks and addresses that may not come, with commas between or this option again: 203.0.113.0/24,2001:db8::/32 (default: none)."
    })
    private List<Cidr> deny = new ArrayList<>();

    @Option(names = "--allow", paramLabel = "CIDR", split = ",", converter = Networks.class,
            description = "Networks and addresses that may come; --deny counts more (default: all).")
    private List<Cidr> allow = new ArrayList<>();

    @Option(names = "--max-per-ip", paramLabel = "N", converter = CountOrOff.class, defaultValue = "off",
            description = "Clients that one IPv4 address, or one IPv6 /64, may have here (default: ${DEFAULT-VALUE}).")
    private int maxPerIp;

    @Option(names = "--max-per-subnet", paramLabel = "N", converter = CountOrOff.class, defaultValue = "off",
            description = "Clients that one subnet may have here (default: ${DEFAULT-VALUE}).")
    private int maxPerSubnet;

    @Option(names = "--subnet-bits", paramLabel = "V4,V6", hideParamSyntax = true, split = ",", defaultValue = "24,48",
            description = "How many leading bits of an IPv4 and an IPv6 address make a subnet (default: ${DEFAULT-VALUE}).")
    private List<Integer> subnetBits = new ArrayList<>();

    @Option(names = "--max-connect-rate", paramLabel = "N", converter = CountOrOff.class, defaultValue = "off",
            description = "How often one address may connect in a second (default: ${DEFAULT-VALUE}).")
    private int maxConnectRate;

    @Option(names = "--max-frames-per-second", paramLabel = "N", converter = CountOrOff.class, defaultValue = "off",
            description = "Messages of one client in a second; a faster one is read later, and loses nothing (default: ${DEFAULT-VALUE}).")
    private int maxFramesPerSecond;

    @Option(names = "--max-bytes-per-second", paramLabel = "SIZE", converter = SizeOrOff.class, defaultValue = "off",
            description = "Bytes of one client in a second; a faster one is read later, and loses nothing (default: ${DEFAULT-VALUE}).")
    private int maxBytesPerSecond;

    /** What serves a client. */
    HandlerOptions handler() {
        return handler;
    }

    /** The name in the log, or nothing. */
    @Nullable String name() {
        return name;
    }

    /** The port as it was given. */
    String port() {
        return port;
    }

    /** What may be a mistake and is none that ends the command. */
    List<String> doubts() {
        return auth.doubts();
    }

    /** Reads the tokens again, where there are any; says how many there are. */
    Optional<String> reloadTokens() throws WrongUsage {
        return auth.reload();
    }

    /** Whether something is read from a file of its own that can be read again. */
    boolean hasTokens() {
        return auth.areAsked();
    }

    /** How many unaccepted connections were asked for. */
    int backlog() {
        return backlog;
    }

    /** Checks what can't be meant together, with the words after {@code --} and the names of what was given at all. */
    void check(List<String> command, Set<String> given) throws Failed, WrongUsage {
        if (single != null && (given.contains("max-connections") || given.contains("when-full"))) {
            throw new WrongUsage("--single is --max-connections 1 with --when-full; leave those two out");
        }
        handler.check(command, frames.isAnyGiven());
    }

    /** Where to listen. */
    Endpoint endpoint() throws WrongUsage {
        try {
            return Endpoint.parse(List.of(bind, "0")).on(Endpoint.port(port));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(e);
        }
    }

    /** What settings that were not given are, where others decide it. */
    List<Setting> implied() throws WrongUsage {
        List<Setting> implied = new ArrayList<>(handler.implied());
        if (!handler.saysFraming()) {
            implied.addAll(frames.implied());
        }
        Integer usual = handler.usualConnections();
        if (single != null) {
            implied.add(Setting.implied("max-connections", "1", "from single"));
            implied.add(Setting.implied("when-full", Words.word(single), "from single"));
        } else if (usual != null) {
            implied.add(Setting.implied("max-connections", usual.toString(), "from exec"));
        }
        // The output must hold at least one message.
        if (framing().maxFrameBytes() > maxOutputBytes) {
            implied.add(Setting.implied("max-output-bytes", Integer.toString(framing().maxFrameBytes()), "from max-frame"));
        }
        return implied;
    }

    /** What settings that were not given are in the end, to be shown. */
    List<Setting> usual() {
        String profiled = "from profile " + Words.word(profile);
        return List.of(
                Setting.implied("first-byte-timeout", DurationOrOff.text(profile.deadlines().firstByte()), profiled),
                Setting.implied("frame-timeout", DurationOrOff.text(profile.deadlines().frame()), profiled),
                Setting.implied("idle-timeout", DurationOrOff.text(profile.deadlines().idle()), profiled),
                Setting.implied("write-timeout", DurationOrOff.text(profile.writeTimeout()), profiled));
    }

    /** The builder's settings, all but the handler and who observes. */
    ServerBuilder<byte[]> settings() throws WrongUsage {
        Endpoint endpoint = endpoint();
        ServerBuilder<byte[]> settings = TcpServer.builder(Codec.bytes(framing()))
                .bind(endpoint.host(), endpoint.port())
                .limits(limits())
                .queueTimeout(queueTimeout)
                .whenFull(whenFull)
                .backlog(backlog)
                .sendBufferBytes(sendBufferBytes)
                .maxOutputBytes(maxOutputBytes)
                .softOutputBytes(softOutputBytes)
                .softOutputTime(softOutputTime)
                .profile(profile)
                .deadAfter(deadAfter)
                .maxAge(maxAge);
        auth.apply(settings, framing());
        given(firstByteTimeout, settings::firstByteTimeout);
        given(frameTimeout, settings::frameTimeout);
        given(idleTimeout, settings::idleTimeout);
        given(writeTimeout, settings::writeTimeout);
        if (!heartbeat.equals(Heartbeats.NONE)) {
            settings.heartbeat(heartbeat.every(), heartbeat.text().getBytes(StandardCharsets.UTF_8));
        }
        given(name, settings::name);
        given(busyNotice, text -> settings.busyNotice(text.getBytes(StandardCharsets.UTF_8)));
        given(queueNotice, text -> settings.queueNotice(
                position -> text.replace("{position}", Integer.toString(position)).getBytes(StandardCharsets.UTF_8)));
        return settings;
    }

    /** Those of the settings that can be changed while the listener runs. */
    Limits limits() throws WrongUsage {
        if (subnetBits.size() != 2) {
            throw new WrongUsage("--subnet-bits takes two numbers, for IPv4 and for IPv6: 24,48");
        }
        return Limits.DEFAULT
                .deny(deny.toArray(Cidr[]::new))
                .allow(allow.toArray(Cidr[]::new))
                .maxPerIp(maxPerIp)
                .maxPerSubnet(maxPerSubnet)
                .subnetBits(subnetBits.getFirst(), subnetBits.getLast())
                .maxConnectRate(maxConnectRate)
                .maxConnections(maxConnections)
                .maxQueued(maxQueued)
                .maxFramesPerSecond(maxFramesPerSecond)
                .maxBytesPerSecond(maxBytesPerSecond);
    }

    private static <V> void given(@Nullable V value, Consumer<V> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }

    /** Where messages end. */
    Framing framing() throws WrongUsage {
        return handler.framing(frames);
    }
}

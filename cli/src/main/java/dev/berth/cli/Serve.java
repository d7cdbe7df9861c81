package dev.berth.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.links.ServedLinks;
import dev.berth.cli.output.LineQueue;
import dev.berth.cli.output.LogFormat;
import dev.berth.cli.output.Logs;
import dev.berth.cli.serving.BindTrouble;
import dev.berth.cli.serving.ClientLog;
import dev.berth.cli.serving.FrameTrace;
import dev.berth.cli.serving.ServingHandler;
import dev.berth.cli.serving.TraceOption;
import dev.berth.connection.FrameTap;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;
import dev.berth.server.WhenFull;
import dev.berth.transport.Transport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth serve}: listens, and gives every client its own socket and its own thread. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Listen, and give every client its own socket and its own thread.",
        footer = {
            "",
            "Sizes: 4096, 64KiB, 1MiB. Durations: 500ms, 5s, 2m, 1h.",
            "Ctrl-C drains: no new clients, and those who are here finish. A second one cuts them.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 drained but some were cut."
        })
final class Serve implements Callable<Integer> {
    private static final int USUAL_PORT = 8080;
    private static final int USUAL_OUTPUT_BYTES = 4 << 20;

    private final Console console;

    @Parameters(
            paramLabel = "[[HOST:]PORT]",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Where to listen (default: 127.0.0.1:8080).")
    private List<String> where = new ArrayList<>();

    @Option(names = "--bind", paramLabel = "HOST", description = "Address to listen on; 0.0.0.0 lets other machines in.")
    private @Nullable String bind;

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on; 0 takes any free one.")
    private @Nullable String port;

    @Mixin
    private HandlerOptions handler = new HandlerOptions();

    @Mixin
    private FrameOptions frames = new FrameOptions();

    @Option(names = "--max-connections", paramLabel = "N", description = "Clients served at once (default: 10000; with --exec 1000).")
    private @Nullable Integer maxConnections;

    @Option(names = "--max-queued", paramLabel = "N", description = "Clients that may wait for a place (default: 1024).")
    private @Nullable Integer maxQueued;

    @Option(names = "--queue-timeout", paramLabel = "DURATION", description = "How long a client waits for a place (default: 5s).")
    private @Nullable Duration queueTimeout;

    @Option(names = "--when-full", paramLabel = "WHAT", description = {
        "What happens to the next client when every place is taken: wait (default), refuse, replace."
    })
    private @Nullable WhenFull whenFull;

    @Option(names = "--single", paramLabel = "WHAT",
            description = "One client at a time: the same as --max-connections 1 --when-full WHAT.")
    private @Nullable WhenFull single;

    @Option(names = "--busy-notice", paramLabel = "TEXT", description = "What a refused client is told (default: nothing).")
    private @Nullable String busyNotice;

    @Option(names = "--queue-notice", paramLabel = "TEXT", description = {
        "What a client is told when it begins to wait; {position} is its number in the queue (default: nothing)."
    })
    private @Nullable String queueNotice;

    @Option(names = "--backlog", paramLabel = "N", description = "Connections the system keeps until they are accepted (default: 1024).")
    private @Nullable Integer backlog;

    @Option(names = "--drain-timeout", paramLabel = "DURATION", description = "How long Ctrl-C lets clients finish (default: 25s).")
    private Duration drainTimeout = TcpServer.SHUTDOWN_DEADLINE;

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "How lines on stderr look: text (default) or json.")
    private LogFormat logFormat = LogFormat.TEXT;

    @Option(names = "--trace", paramLabel = "HOW", description = {
        "One line on stdout for each frame: hex (digits and text) or text; hex,client=10.0.0.7 for one client."
    })
    private @Nullable TraceOption trace;

    @Spec
    private @Nullable CommandSpec spec;

    Serve(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage {
        try (Logs logs = new Logs(console.err(), logFormat);
                LineQueue traces = new LineQueue("trace", console.out())) {
            List<String> command = command();
            handler.check(command, frames.isAnyGiven());
            Endpoint endpoint = endpoint(where.subList(0, where.size() - command.size()));
            ClientLog clients = new ClientLog(logs.clients(), handler.unit(), System::nanoTime);
            FrameTap tap = trace == null ? FrameTap.NONE : new FrameTrace(trace, traces, Clock.system(ZoneId.systemDefault()));
            Framing framing = handler.framing(frames);
            ServerBuilder<byte[]> settings = settings(framing).events(clients).tap(tap);
            try (ServingHandler serving = handler.handler(command, framing, clients, tap)) {
                TcpServer server = start(settings.handler(serving), endpoint);
                if (backlog != null && backlog > server.backlog()) {
                    logs.command().info("the system keeps {} unaccepted connections at most, not {} (--backlog; net.core.somaxconn)",
                            server.backlog(), backlog);
                }
                return new ServerLife(server, endpoint, clients, logs, drainTimeout).live();
            }
        }
    }

    /** The words after {@code --}, where they are a program's. */
    private List<String> command() {
        List<String> typed = spec == null ? List.of() : spec.commandLine().getParseResult().originalArgs();
        int dashes = typed.indexOf("--");
        return handler.takesCommand() && dashes >= 0 ? typed.subList(dashes + 1, typed.size()) : List.of();
    }

    private static TcpServer start(ServerBuilder<byte[]> settings, Endpoint endpoint) throws Failed, WrongUsage {
        try {
            return settings.bind(endpoint.host(), endpoint.port()).start();
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(OptionNames.inMessage(e));
        } catch (BindException e) {
            throw new Failed(BindTrouble.explain(endpoint, e));
        } catch (UnknownHostException e) {
            throw new Failed("unknown host '" + endpoint.host() + "'; --bind takes an address of this machine, 127.0.0.1 or 0.0.0.0");
        } catch (IOException e) {
            throw new Failed("cannot listen on " + endpoint + ": " + e.getMessage());
        }
    }

    private ServerBuilder<byte[]> settings(Framing framing) throws WrongUsage {
        ServerBuilder<byte[]> settings = TcpServer.builder(Codec.bytes(framing))
                .transport(new ServedLinks(Transport.portable()))
                // The output must hold at least one message.
                .maxOutputBytes(Math.max(USUAL_OUTPUT_BYTES, framing.maxFrameBytes()));
        if (single != null && (maxConnections != null || whenFull != null)) {
            throw new WrongUsage("--single is --max-connections 1 with --when-full; leave those two out");
        }
        given(single, mode -> settings.maxConnections(1).whenFull(mode));
        given(maxConnections != null ? maxConnections : single == null ? handler.usualConnections() : null, settings::maxConnections);
        given(maxQueued, settings::maxQueued);
        given(queueTimeout, settings::queueTimeout);
        given(whenFull, settings::whenFull);
        given(backlog, settings::backlog);
        given(busyNotice, text -> settings.busyNotice(text.getBytes(StandardCharsets.UTF_8)));
        given(queueNotice, text -> settings.queueNotice(
                position -> text.replace("{position}", Integer.toString(position)).getBytes(StandardCharsets.UTF_8)));
        return settings;
    }

    private static <V> void given(@Nullable V value, Consumer<V> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }

    private Endpoint endpoint(List<String> words) throws WrongUsage {
        try {
            Endpoint typed = words.isEmpty()
                    ? new Endpoint(Endpoint.THIS_MACHINE, USUAL_PORT)
                    : Endpoint.parse(words);
            Endpoint ported = port == null ? typed : Endpoint.parse(":" + port).on(typed.host());
            return bind == null ? ported : ported.on(Endpoint.parse(List.of(bind, "0")).host());
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(e);
        }
    }
}

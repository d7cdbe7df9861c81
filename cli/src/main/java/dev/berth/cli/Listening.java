package dev.berth.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.config.BadConfig;
import dev.berth.cli.links.ServedLinks;
import dev.berth.cli.output.LineQueue;
import dev.berth.cli.output.Logs;
import dev.berth.cli.serving.BindTrouble;
import dev.berth.cli.serving.ClientLog;
import dev.berth.cli.serving.FrameTrace;
import dev.berth.cli.serving.ServingHandler;
import dev.berth.cli.serving.TraceOption;
import dev.berth.connection.FrameTap;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;
import dev.berth.transport.Transport;

/**
 * One of the command's listeners, running. Closing it cuts its clients, and lets go what its handler holds.
 *
 * @param name in the log; empty where there is one listener, without a name
 * @param asked where it was to listen
 */
record Listening(String name, Endpoint asked, TcpServer server, ClientLog log, ServingHandler handler) implements AutoCloseable {
    /** Where lines about clients and their frames go, and which frames. */
    record Reports(Logs logs, LineQueue traces, @Nullable TraceOption trace) {}

    /** Says whether it could start, as far as that can be known without listening. */
    static void check(Configuration.Listener planned, Reports reports) throws BadConfig, Failed {
        ClientLog log = log(planned, "", reports);
        try (ServingHandler handler = handler(planned, log, FrameTap.NONE)) {
            planned.options().settings().handler(handler).check();
        } catch (WrongUsage e) {
            throw new BadConfig(planned.located(String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            throw new BadConfig(planned.located(OptionNames.inMessage(e)));
        } catch (UnknownHostException e) {
            throw new Failed(unknownHost(planned));
        }
    }

    /** Starts it. */
    static Listening start(Configuration.Listener planned, String name, Reports reports) throws BadConfig, Failed {
        ClientLog log = log(planned, name, reports);
        FrameTap tap = reports.trace() == null
                ? FrameTap.NONE
                : new FrameTrace(reports.trace(), name, reports.traces(), Clock.system(ZoneId.systemDefault()));
        try {
            ServingHandler handler = handler(planned, log, tap);
            ServerBuilder<byte[]> settings = planned.options().settings()
                    .transport(new ServedLinks(Transport.portable())).events(log).tap(tap).handler(handler);
            return new Listening(name, planned.endpoint(), start(settings, planned, handler), log, handler);
        } catch (WrongUsage e) {
            throw new BadConfig(planned.located(String.valueOf(e.getMessage())));
        }
    }

    private static TcpServer start(ServerBuilder<byte[]> settings, Configuration.Listener planned, ServingHandler handler)
            throws BadConfig, Failed {
        TcpServer server = null;
        try {
            server = settings.start();
            return server;
        } catch (IllegalArgumentException e) {
            throw new BadConfig(planned.located(OptionNames.inMessage(e)));
        } catch (BindException e) {
            throw new Failed(planned.located(BindTrouble.explain(planned.endpoint(), e)));
        } catch (UnknownHostException e) {
            throw new Failed(unknownHost(planned));
        } catch (IOException e) {
            throw new Failed(planned.located("cannot listen on " + planned.endpoint() + ": " + e.getMessage()));
        } finally {
            if (server == null) {
                handler.close();
            }
        }
    }

    private static ServingHandler handler(Configuration.Listener planned, ClientLog log, FrameTap tap) throws Failed, WrongUsage {
        ListenerOptions options = planned.options();
        return options.handler().handler(planned.command(), options.framing(), log, tap);
    }

    private static String unknownHost(Configuration.Listener planned) throws BadConfig {
        return planned.located("unknown host '" + planned.endpoint().host()
                + "'; --bind takes an address of this machine, 127.0.0.1 or 0.0.0.0");
    }

    private static ClientLog log(Configuration.Listener planned, String name, Reports reports) {
        return new ClientLog(new ClientLog.Place(reports.logs().clients(), name, planned::limit),
                planned.options().handler().unit(), System::nanoTime);
    }

    @Override
    public void close() {
        server.close();
        handler.close();
    }
}

package dev.berth.cli.forward;

import java.io.IOException;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.links.RawClient;
import dev.berth.cli.serving.ClientLog;
import dev.berth.cli.serving.ServingHandler;
import dev.berth.connection.Connection;
import dev.berth.connection.FrameTap;
import dev.berth.transport.Link;
import dev.berth.transport.Transport;

/**
 * Hands each client on to another server, over a connection of its own.
 *
 * <p>Thread-safe.
 */
public final class Forwarding implements ServingHandler {
    private final Endpoint server;
    private final ClientLog log;
    private final FrameTap tap;
    private final Transport transport = Transport.portable();

    /** Hands clients on to this server. */
    public Forwarding(Endpoint server, ClientLog log, FrameTap tap) {
        this.server = server;
        this.log = log;
        this.tap = tap;
    }

    @Override
    public void handle(Connection<byte[]> connection) throws Exception {
        RawClient client = RawClient.ofThisThread(connection, tap);
        Link upstream;
        try {
            upstream = Upstream.connect(transport, server);
        } catch (IOException e) {
            log.trouble(connection, "cannot be forwarded", e.getMessage());
            return;
        }
        new Relay(client, upstream, log).run();
    }
}

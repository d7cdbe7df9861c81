package dev.berth.cli.demo;

import java.io.IOException;
import java.net.InetSocketAddress;

import dev.berth.cli.demo.Step.Kind;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.server.Closed;
import dev.berth.server.ServerEvents;
import dev.berth.server.TcpServer;
import dev.berth.transport.Endpoints;

/** Berth itself: a main socket that only listens, and a thread and a socket for each client. */
final class BerthServer implements Server {
    private final TcpServer server;
    private final Observations observations;

    BerthServer(InetSocketAddress address, Observations observations) throws IOException {
        this.observations = observations;
        server = TcpServer.builder(Codec.lines())
                .bind(address.getHostString(), address.getPort())
                .events(new Observer())
                .handler(client -> client.forEach(line -> client.send("you said " + line)))
                .start();
        // So that both are seen to wait in the queue, whoever comes first.
        server.suspend();
    }

    @Override
    public void open() {
        observations.saw(Actor.SERVER, Kind.QUEUED, "both wait in the queue before the main socket; accepted so far: "
                + server.snapshot().accepted());
        server.resume();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Reports the server's own events. */
    private final class Observer implements ServerEvents {
        @Override
        public void listening(TcpServer listening) {
            observations.saw(Actor.SERVER, Kind.LISTENING, "the main socket listens on "
                    + Endpoints.text(listening.address()) + ", and does nothing else");
        }

        @Override
        public void opened(Connection<?> client) {
            observations.saw(Actor.SERVER, Kind.TAKEN, observations.name(client.remoteAddress().getPort())
                    + " has its own socket and its own thread, '" + Thread.currentThread().getName() + "'");
        }

        @Override
        public void closed(Closed closed) {
            observations.saw(Actor.SERVER, Kind.ENDED, observations.name(closed.peer().getPort()) + " ended: " + closed.reason().text());
        }
    }
}

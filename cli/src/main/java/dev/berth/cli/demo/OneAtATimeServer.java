package dev.berth.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.demo.Step.Kind;
import dev.berth.transport.Endpoints;

/** Talks to one client until that one leaves, and only then accepts the next. */
final class OneAtATimeServer implements Server {
    private final ServerSocket main = new ServerSocket();
    private final Observations observations;
    private volatile @Nullable Socket current;

    OneAtATimeServer(InetSocketAddress address, Observations observations) throws IOException {
        this.observations = observations;
        main.bind(address);
        observations.saw(Actor.SERVER, Kind.LISTENING, "one thread listens on " + Endpoints.text(address));
    }

    @Override
    public void open() {
        Thread.ofVirtual().name("demo-one-at-a-time").start(this::serveAll);
    }

    private void serveAll() {
        try {
            while (true) {
                try (var client = main.accept()) {
                    current = client;
                    observations.saw(Actor.SERVER, Kind.TAKEN, "talks to " + observations.name(client.getPort()) + ", and to nobody else");
                    talk(client);
                    observations.saw(Actor.SERVER, Kind.ENDED, observations.name(client.getPort()) + " has left");
                }
            }
        } catch (IOException closed) {
            // The scene is over.
        }
    }

    private static void talk(Socket client) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        for (String line; (line = lines.readLine()) != null; ) {
            client.getOutputStream().write(("you said " + line + "\n").getBytes(UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        main.close();
        var client = current;
        if (client != null) {
            client.close();
        }
    }
}

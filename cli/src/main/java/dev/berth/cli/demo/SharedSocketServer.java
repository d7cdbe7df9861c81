package dev.berth.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.demo.Step.Kind;
import dev.berth.transport.Endpoints;

/** All clients share one server instance and its one socket field: each new client overwrites it. The story's bug. */
final class SharedSocketServer implements Server {
    private final ServerSocket main = new ServerSocket();
    private final Observations observations;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    /** The one socket that every client's thread answers through. */
    private volatile @Nullable Socket socket;

    SharedSocketServer(InetSocketAddress address, Observations observations) throws IOException {
        this.observations = observations;
        main.bind(address);
        observations.saw(Actor.SERVER, Kind.LISTENING, "one server instance listens on " + Endpoints.text(address));
    }

    @Override
    public void open() {
        Thread.ofVirtual().name("demo-shared").start(this::acceptAll);
    }

    private void acceptAll() {
        try {
            while (true) {
                var client = main.accept();
                accepted.add(client);
                socket = client;
                observations.saw(Actor.SERVER, Kind.TAKEN, "its one socket is now that of " + observations.name(client.getPort()));
                Thread.ofVirtual().name("demo-shared-client").start(() -> talk(client));
            }
        } catch (IOException closed) {
            // The scene is over.
        }
    }

    private void talk(Socket client) {
        try {
            var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
            for (String line; (line = lines.readLine()) != null; ) {
                answer("you said " + line);
            }
        } catch (IOException ended) {
            // That client is gone.
        }
    }

    private void answer(String line) throws IOException {
        var current = socket;
        if (current != null) {
            OutputStream out = current.getOutputStream();
            out.write((line + "\n").getBytes(UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        main.close();
        for (var client : accepted) {
            client.close();
        }
    }
}

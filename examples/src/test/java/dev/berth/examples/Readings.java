package dev.berth.examples;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.server.Handler;
import dev.berth.server.TcpServer;

/** Meters send readings, displays get all of them: the same protocol with Berth. */
final class Readings implements Handler<String> {
    private final Set<Connection<String>> displays = ConcurrentHashMap.newKeySet();

    static TcpServer start(int port) throws IOException {
        return TcpServer.builder(Codec.lines().withMaxFrameBytes(1_000))
                .port(port)
                .maxConnections(50)
                .handler(new Readings())
                .start()
                .drainOnShutdown();
    }

    @Override
    public void handle(Connection<String> client) throws Exception {
        try {
            if ("DISPLAY".equals(client.receive(Duration.ofSeconds(10)))) {
                displays.add(client);
            }
            client.forEach(line -> {
                show(Integer.parseInt(line));
                client.send("OK");
            });
        } finally {
            displays.remove(client);
        }
    }

    private void show(int reading) {
        for (var display : displays) {
            try {
                display.send("reading " + reading);
            } catch (IOException gone) {
                // Its own handler ends, and takes it off the set.
            }
        }
    }
}

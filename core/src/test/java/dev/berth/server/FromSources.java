package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import dev.berth.connection.Connection;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;

/** Clients that come from addresses of the test's choice, 127.0.0.1 and on, to a server that greets them. */
final class FromSources {

    private FromSources() {}

    /** Greets, so that a client knows that it is served, then echoes. */
    static void greet(Connection<String> client) throws Exception {
        client.send("hello");
        client.forEach(client::send);
    }

    static Peer comeFrom(String source, TcpServer server) throws IOException {
        return Peer.over(new Socket(server.address().getAddress(), server.port(), InetAddress.ofLiteral(source), 0));
    }

    static List<Peer> served(TcpServer server, String source, int count) throws IOException {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var peer = comeFrom(source, server);
            assertThat(peer.line()).isEqualTo("hello");
            peers.add(peer);
        }
        return peers;
    }

    static void refused(RecordingEvents events, TcpServer server, String source, RefuseReason reason)
            throws IOException, InterruptedException {
        try (var peer = comeFrom(source, server)) {
            peer.awaitEnd();
            assertThat(events.nextRefused().reason()).isEqualTo(reason);
        }
    }

    static void leave(List<Peer> peers) throws IOException {
        for (var peer : peers) {
            peer.leave();
        }
        peers.clear();
    }

    static boolean isQuiet(TcpServer server) {
        return server.snapshot().live() == 0 && server.snapshot().waiting() == 0;
    }

    static void comeAndGo(TcpServer server, String source, int times) {
        for (int i = 0; i < times; i++) {
            try (var peer = comeFrom(source, server)) {
                switch (i % 3) {
                    case 0 -> peer.send("x").halfClose().awaitEnd();
                    case 1 -> peer.reset();
                    default -> peer.raw("no line end").halfClose().awaitEnd();
                }
            } catch (IOException refused) {
                // A reset is an end like any other here.
            }
        }
    }
}

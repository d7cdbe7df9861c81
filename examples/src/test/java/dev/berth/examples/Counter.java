package dev.berth.examples;

import java.io.IOException;

import dev.berth.framing.Codec;
import dev.berth.server.TcpServer;

/** A small protocol with Berth: the first message is a name, each later one is answered by it and a number. */
final class Counter {
    private Counter() {}

    static TcpServer start(int port) throws IOException {
        return TcpServer.listen(port, Codec.text("len2be"), client -> {
            String name = client.expect();
            for (int count = 1; client.receive() != null; count++) {
                client.send(name + " " + count);
            }
        });
    }
}

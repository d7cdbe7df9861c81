package dev.berth.examples.echo;

import dev.berth.server.TcpServer;

/** Berth. */
final class BerthEcho {
    static void main(String[] args) throws Exception {
        var server = TcpServer.listen(Integer.getInteger("port", 8080), client -> client.forEach(client::send));
        System.out.println("listening on 127.0.0.1:" + server.port());
        server.awaitTermination();
    }
}

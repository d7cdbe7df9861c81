package dev.berth.examples.echo;

import io.vertx.core.Vertx;
import io.vertx.core.parsetools.RecordParser;

/** Vert.x. */
final class VertxEcho {
    static void main(String[] args) {
        Vertx.vertx()
                .createNetServer()
                .connectHandler(client -> {
                    var lines = RecordParser.newDelimited("\n", line -> client.write(line.appendString("\n")));
                    lines.maxRecordSize(64 * 1024);
                    lines.exceptionHandler(_ -> client.close());
                    client.handler(lines);
                })
                .listen(Integer.getInteger("port", 8080), "127.0.0.1")
                .onSuccess(server -> System.out.println("listening on 127.0.0.1:" + server.actualPort()))
                .onFailure(error -> {
                    System.err.println(error.getMessage());
                    System.exit(1);
                });
    }
}

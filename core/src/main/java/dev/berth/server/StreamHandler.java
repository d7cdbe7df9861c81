package dev.berth.server;

import dev.berth.connection.Connection;

/** A handler for raw bytes that hands each client's streams to a function. Made by {@link Streams#handler}. */
public final class StreamHandler implements Handler<byte[]> {
    private final StreamFunction function;

    StreamHandler(StreamFunction function) {
        this.function = function;
    }

    @Override
    public void handle(Connection<byte[]> client) throws Exception {
        function.serve(client.input(), client.output());
    }
}

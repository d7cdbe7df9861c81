package dev.berth.cli.talking;

import java.io.IOException;
import java.time.Duration;

import dev.berth.cli.args.Endpoint;
import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;

/** A connection to a server whose sending half can be ended alone, as a pipe needs it when its input is at the end. */
final class Call implements AutoCloseable {
    private final Connection<byte[]> connection;

    private Call(Connection<byte[]> connection) {
        this.connection = connection;
    }

    static Call dial(Endpoint server, Framing framing, Duration timeout) throws Trouble {
        try {
            return new Call(TcpClient.builder(Codec.bytes(framing))
                    .connectTimeout(timeout)
                    .connect(server.host(), server.port()));
        } catch (IOException e) {
            throw Trouble.connecting(server, e);
        }
    }

    Connection<byte[]> connection() {
        return connection;
    }

    /** Sends what is left and tells the server that nothing more will come. What it sends is still received. */
    void endSending() throws IOException {
        connection.shutdownOutput();
    }

    @Override
    public void close() {
        connection.close();
    }
}

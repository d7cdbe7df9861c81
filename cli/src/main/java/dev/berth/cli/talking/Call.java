package dev.berth.cli.talking;

import java.io.IOException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;

/** A connection to a server whose sending half can be ended alone, as a pipe needs it when its input is at the end. */
public final class Call implements AutoCloseable {
    private final Connection<byte[]> connection;

    private Call(Connection<byte[]> connection) {
        this.connection = connection;
    }

    /** Connects, and says the token if there is one; either may take so long. */
    public static Call dial(Endpoint server, Codec<byte[]> codec, Duration timeout, @Nullable Token token) throws Trouble {
        if (token == null) {
            return new Call(connect(server, codec, timeout));
        }
        Connection<String> stranger = connect(server, Token.codec(codec.framing()), timeout);
        try {
            token.say(stranger, server, timeout);
            return new Call(stranger.switchTo(codec));
        } catch (IOException e) {
            stranger.abort();
            throw Trouble.talking(server, e);
        } catch (Trouble e) {
            stranger.close();
            throw e;
        }
    }

    private static <T> Connection<T> connect(Endpoint server, Codec<T> codec, Duration timeout) throws Trouble {
        try {
            return TcpClient.builder(codec).connectTimeout(timeout).connect(server.host(), server.port());
        } catch (IOException e) {
            throw Trouble.connecting(server, e);
        }
    }

    /** The connection, on which nothing was said but the token. */
    public Connection<byte[]> connection() {
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

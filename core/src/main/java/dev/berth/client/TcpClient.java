package dev.berth.client;

import java.io.IOException;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;

/** Connects to a server. Stateless; what it returns is a {@link Connection}, the same type a server's handler gets. */
public final class TcpClient {

    private TcpClient() {}

    /** Connects for UTF-8 lines. The same as {@code builder(Codec.lines()).connect(host, port)}. */
    public static Connection<String> connect(String host, int port) throws IOException {
        return connect(host, port, Codec.lines());
    }

    /** Connects for the codec's messages. The same as {@code builder(codec).connect(host, port)}. */
    public static <T> Connection<T> connect(String host, int port, Codec<T> codec) throws IOException {
        return builder(codec).connect(host, port);
    }

    /** Settings of a client for the codec's messages. */
    public static <T> ClientBuilder<T> builder(Codec<T> codec) {
        return new ClientBuilder<>(codec);
    }
}

package dev.berth.cli.talking;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

import dev.berth.cli.args.Endpoint;
import dev.berth.client.TcpClient;
import dev.berth.framing.Codec;
import dev.berth.transport.ConnectOptions;
import dev.berth.transport.Link;
import dev.berth.transport.ListenOptions;
import dev.berth.transport.Listener;
import dev.berth.transport.Transport;

/** What is said where connecting fails in a way that no test can make a real network fail. */
public final class Troubles {
    private Troubles() {}

    /** The words for this error of the system. */
    public static String connecting(IOException error) {
        try (var _ = TcpClient.builder(Codec.lines())
                .transport(new Failing(error))
                .connectTimeout(Duration.ofSeconds(1))
                .connect("127.0.0.1", 8080)) {
            return "connected";
        } catch (IOException e) {
            return String.valueOf(Trouble.connecting(new Endpoint("127.0.0.1", 8080), e).getMessage());
        }
    }

    private record Failing(IOException error) implements Transport {
        @Override
        public Listener listen(ListenOptions options) throws IOException {
            throw error;
        }

        @Override
        public Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException {
            throw error;
        }

        @Override
        public Thread start(Link link, String name, Runnable task) {
            throw new IllegalStateException("never connected");
        }
    }
}

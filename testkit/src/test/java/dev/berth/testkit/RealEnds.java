package dev.berth.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.server.TcpServer;
import dev.berth.transport.ConnectOptions;
import dev.berth.transport.Link;
import dev.berth.transport.ListenOptions;
import dev.berth.transport.Listener;
import dev.berth.transport.Transport;

/** A client and a server's side of it, on real sockets. */
final class RealEnds implements Ends {
    private static final long LIMIT_SECONDS = 20;

    private final CountDownLatch over = new CountDownLatch(1);
    private final BlockingQueue<Connection<String>> served = new ArrayBlockingQueue<>(1);
    private final CapturingTransport transport = new CapturingTransport();
    private final TcpServer server;
    private final Connection<String> near;
    private final Connection<String> far;

    RealEnds() throws IOException, InterruptedException {
        server = TcpServer.builder(Codec.lines())
                .port(0)
                .transport(transport)
                .handler(client -> {
                    served.add(client);
                    over.await();
                })
                .start();
        near = TcpClient.connect("127.0.0.1", server.port());
        var accepted = served.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (accepted == null) {
            throw new AssertionError("the server served nobody");
        }
        far = accepted;
    }

    @Override
    public Connection<String> near() {
        return near;
    }

    @Override
    public Connection<String> far() {
        return far;
    }

    @Override
    public Link farLink() {
        var link = transport.accepted;
        if (link == null) {
            throw new AssertionError("the server accepted nobody");
        }
        return link;
    }

    @Override
    public void close() {
        near.abort();
        over.countDown();
        server.close();
    }

    /** The portable transport; remembers the link it accepted. */
    private static final class CapturingTransport implements Transport {
        private final Transport real = Transport.portable();
        private volatile @Nullable Link accepted;

        @Override
        public Listener listen(ListenOptions options) throws IOException {
            var listener = real.listen(options);
            return new Listener() {
                @Override
                public Link accept() throws IOException {
                    var link = listener.accept();
                    accepted = link;
                    return link;
                }

                @Override
                public void suspend() {
                    listener.suspend();
                }

                @Override
                public void resume() {
                    listener.resume();
                }

                @Override
                public InetSocketAddress address() {
                    return listener.address();
                }

                @Override
                public int backlog() {
                    return listener.backlog();
                }

                @Override
                public void close() {
                    listener.close();
                }
            };
        }

        @Override
        public Link connect(InetSocketAddress remote, ConnectOptions options) throws IOException {
            return real.connect(remote, options);
        }

        @Override
        public Thread start(Link link, String name, Runnable task) {
            return real.start(link, name, task);
        }
    }
}

package dev.berth.testkit.junit;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.server.Handler;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;

/**
 * Gives tests a running server on a port of the system's choice, and clients of it that are closed after each test.
 *
 * <p>As a static field, the server runs for all tests of the class, nested classes included; as an instance field, each
 * test has its own. Not thread-safe: tests that share one run one after another, but a test's own threads may connect.
 *
 * @param <T> what is received and sent
 */
public final class ServerExtension<T>
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final Codec<T> codec;
    private final Handler<T> handler;
    private final UnaryOperator<ServerBuilder<T>> settings;
    private final Queue<Connection<T>> clients = new ConcurrentLinkedQueue<>();
    private volatile @Nullable TcpServer server;
    /** How many classes deep we are; 0 where each test has its own server. */
    private int classes;

    private ServerExtension(Codec<T> codec, Handler<T> handler, UnaryOperator<ServerBuilder<T>> settings) {
        this.codec = codec;
        this.handler = handler;
        this.settings = settings;
    }

    /** A server of UTF-8 lines with this handler. */
    public static ServerExtension<String> lines(Handler<String> handler) {
        return of(Codec.lines(), handler);
    }

    /** A server of the codec's messages with this handler. */
    public static <T> ServerExtension<T> of(Codec<T> codec, Handler<T> handler) {
        return new ServerExtension<>(codec, handler, builder -> builder);
    }

    /** The same with other settings than the defaults; the port stays the system's choice. */
    public ServerExtension<T> with(UnaryOperator<ServerBuilder<T>> settings) {
        return new ServerExtension<>(codec, handler, settings);
    }

    /** Connects a client, which is closed after the test. */
    public Connection<T> connect() throws IOException {
        var address = server().address();
        var client = TcpClient.connect(address.getHostString(), address.getPort(), codec);
        clients.add(client);
        return client;
    }

    /** The running server: its address, its snapshot, its drain. */
    public TcpServer server() {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("no server runs: is the field annotated with @RegisterExtension?");
        }
        return running;
    }

    /** The port the server listens on. */
    public int port() {
        return server().port();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (classes++ == 0) {
            start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (classes == 0) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (Connection<T> client; (client = clients.poll()) != null; ) {
            client.close();
        }
        if (classes == 0) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--classes == 0) {
            stop();
        }
    }

    private void start() throws IOException {
        server = settings.apply(TcpServer.builder(codec)).handler(handler).bind("127.0.0.1", 0).start();
    }

    private void stop() {
        var running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }
}

package dev.berth.cli.code;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.berth.cli.serving.ClientLog;
import dev.berth.cli.serving.OwnFrame;
import dev.berth.cli.serving.ServingHandler;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.server.Handler;

/**
 * The user's handler behind a server of bytes: each client's connection is switched to the handler's own messages.
 *
 * <p>Thread-safe as far as the user's code is. Closing closes what the user made, if that can be closed, and its class loader.
 */
final class OwnHandler<T> implements ServingHandler {
    private final Object made;
    private final Handler<T> handler;
    private final Codec<T> codec;
    private final ClientLog log;
    private final Map<Long, Connection<T>> clients = new ConcurrentHashMap<>();

    OwnHandler(Object made, Handler<T> handler, Codec<T> codec, ClientLog log) {
        this.made = made;
        this.handler = handler;
        this.codec = codec;
        this.log = log;
    }

    @Override
    public void handle(Connection<byte[]> client) throws Exception {
        loadAsOwn();
        Connection<T> own = client.switchTo(codec);
        clients.put(client.id(), own);
        try {
            handler.handle(own);
        } finally {
            clients.remove(client.id());
        }
    }

    @Override
    public void onDrain(Connection<byte[]> client) throws Exception {
        Connection<T> own = clients.get(client.id());
        if (own == null) {
            return;     // It has not begun, or has ended: there is nobody to take leave of.
        }
        loadAsOwn();
        try {
            handler.onDrain(own);
        } catch (Exception | LinkageError e) {
            log.trouble(client, "onDrain failed", OwnFrame.describe(e));
            throw e;
        }
    }

    /** Libraries look for their parts through the thread. */
    private void loadAsOwn() {
        Thread.currentThread().setContextClassLoader(made.getClass().getClassLoader());
    }

    @Override
    public void close() {
        if (made instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception | LinkageError e) {
                log.warn(made.getClass().getName() + ".close() failed: " + OwnFrame.describe(e));
            }
        }
        if (made.getClass().getClassLoader() instanceof CodeLoader loader) {
            giveBack(loader);
        }
    }

    private void giveBack(Closeable jars) {
        try {
            jars.close();
        } catch (IOException e) {
            log.warn("cannot close the class path: " + e.getMessage());
        }
    }
}

package dev.berth.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server on loopback with a thread for each client, for those that let one client harm the others. */
abstract class WeakServer implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

    WeakServer() throws IOException {}

    /** To be called once all is there that {@link #serve} works with. */
    final void start() {
        Thread.ofPlatform().daemon().name("weak-acceptor").start(this::accept);
    }

    final int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Thread.ofVirtual().name("weak-client").start(() -> serveAndClose(client));
            }
        } catch (IOException closed) {
            ended();
        }
    }

    private void serveAndClose(Socket client) {
        try (client) {
            serve(client);
        } catch (IOException | InterruptedException gone) {
            // That client's problem.
        }
    }

    /** Serves one client, on its own thread, until it has gone. */
    abstract void serve(Socket client) throws IOException, InterruptedException;

    /** Nobody comes any more. */
    void ended() {}

    @Override
    public final void close() throws IOException {
        listening.close();
    }
}

package dev.berth.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;

import org.jspecify.annotations.Nullable;

/**
 * The architecture that Berth replaces, with its fault: a thread for each client, but one server object whose one socket
 * field all of them share. What examples' {@code OneSharedSocket} shows to people, this shows to a crowd.
 */
final class SharedSocketServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocket main = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());

    // The one socket. Volatile, so that what goes wrong is the shape and not the visibility of a field.
    private volatile @Nullable Socket client;
    private volatile @Nullable BufferedReader in;

    SharedSocketServer() throws IOException {
        Thread.ofPlatform().daemon().name("shared-socket-acceptor").start(this::acceptAll);
    }

    int port() {
        return main.getLocalPort();
    }

    private void acceptAll() {
        var accepted = new ArrayList<Socket>();
        try {
            while (true) {
                var next = main.accept();
                accepted.add(next);
                client = next;
                in = new BufferedReader(new InputStreamReader(next.getInputStream(), UTF_8));
                Thread.startVirtualThread(this::talk);
            }
        } catch (IOException closed) {
            // The test is over.
        } finally {
            accepted.forEach(SharedSocketServer::end);
        }
    }

    private void talk() {
        try {
            for (String line; (line = receive()) != null; ) {
                send(Reply.answer(line));
            }
        } catch (IOException gone) {
            // Some client is gone; which one, nobody here can tell.
        }
    }

    private @Nullable String receive() throws IOException {
        var reader = in;
        return reader == null ? null : reader.readLine();
    }

    private void send(String line) throws IOException {
        var receiver = client;
        if (receiver != null) {
            receiver.getOutputStream().write((line + "\n").getBytes(UTF_8));
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // The descriptor is given back even so.
        }
    }

    @Override
    public void close() throws IOException {
        main.close();
    }
}

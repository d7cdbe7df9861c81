package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;

/** A server of lines with a thread for each client, which writes its answers under everybody's lock. */
final class OneLock implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final ServerSocket listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

    OneLock() throws IOException {
        Thread.ofPlatform().daemon().name("one-lock").start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Thread.ofVirtual().name("one-lock-client").start(() -> serve(client));
            }
        } catch (IOException closed) {
            // Nobody comes any more; who is here leaves by itself.
        }
    }

    private void serve(Socket client) {
        try (client) {
            // With the buffer of the system's choice it takes some MB until the first one waits.
            client.setSendBufferSize(4_096);
            var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
            for (String line; (line = lines.readLine()) != null; ) {
                lock.lock();
                try {
                    client.getOutputStream().write((line + "\n").getBytes(UTF_8));
                } finally {
                    lock.unlock();
                }
            }
        } catch (IOException gone) {
            // That client's problem.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}

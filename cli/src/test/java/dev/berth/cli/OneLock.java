package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;

/** A server of lines with a thread for each client, which writes its answers under everybody's lock. */
final class OneLock extends WeakServer {
    private final ReentrantLock lock = new ReentrantLock();

    OneLock() throws IOException {
        start();
    }

    @Override
    void serve(Socket client) throws IOException {
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
    }
}

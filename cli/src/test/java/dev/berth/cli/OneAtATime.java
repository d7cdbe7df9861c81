package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server of lines as in the first chapter of many books. */
final class OneAtATime implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

    OneAtATime() throws IOException {
        Thread.ofPlatform().daemon().name("one-at-a-time").start(this::serve);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
                for (String line; (line = lines.readLine()) != null; ) {
                    client.getOutputStream().write((line + "\n").getBytes(UTF_8));
                }
            } catch (IOException next) {
                // That client's problem.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}

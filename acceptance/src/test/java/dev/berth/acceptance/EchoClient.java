package dev.berth.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** A client on the JDK's plain socket that knows nothing of Berth: it writes lines and reads lines. */
public final class EchoClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader in;

    /** Connects to this machine's port; a read waits for at most {@code patience}. */
    public EchoClient(int port, Duration patience) throws IOException {
        try {
            socket.setSoTimeout((int) patience.toMillis());
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) patience.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A read waits for at most so long from now on. */
    public void patience(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
    }

    /** Writes bytes that may be any part of lines, at once. */
    public void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    /** Reads a line; null at the end of the stream. */
    public @Nullable String readLine() throws IOException {
        return in.readLine();
    }

    /** One question, one answer. */
    public @Nullable String ask(String line) throws IOException {
        write(line + "\n");
        return readLine();
    }

    /** Ends with a reset, as a crashed peer or a cut cable's router does. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package dev.berth.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** A plain client of lines: one socket, and every wait is a read with a limit. */
final class StoryClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMillis(500);

    private final Socket socket;
    private final BufferedReader in;

    private StoryClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    static StoryClient connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
        return new StoryClient(socket);
    }

    void send(String line) throws IOException {
        sendPart(line + "\n");
    }

    /** Sends text that is no line yet. */
    void sendPart(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    /** Returns the next line, which must come. */
    String receive() throws IOException {
        return receiveWithin(PATIENCE);
    }

    /** Returns the line that came within half a second, or empty for a silent server. */
    Optional<String> receiveOrSilence() throws IOException {
        try {
            return Optional.of(receiveWithin(SILENCE));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    private String receiveWithin(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        String line = in.readLine();
        if (line == null) {
            throw new EOFException("the server closed the connection");
        }
        return line;
    }

    /** Closes the connection, as the last thing a client does. */
    void leave() throws IOException {
        socket.close();
    }

    /** Makes the end a reset: what is under way is dropped. */
    void leaveRudely() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        leave();
    }
}

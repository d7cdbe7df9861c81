package dev.berth.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.berth.server.TcpServer;

/** A plain socket that speaks lines: the other side of every test. Each read waits for at most 20 s. */
public final class Peer implements AutoCloseable {
    private static final int LIMIT_MILLIS = 20_000;

    private final Socket socket;
    private final BufferedReader in;

    private Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    /** Connected to the server. */
    public static Peer of(TcpServer server) throws IOException {
        return to(server.address());
    }

    /** Connected to the address. */
    public static Peer to(InetSocketAddress address) throws IOException {
        return to(address, 0);
    }

    /** Connected to the address, with a receive buffer of so many bytes; 0 for the system's choice. */
    public static Peer to(InetSocketAddress address, int receiveBytes) throws IOException {
        var socket = new Socket();
        try {
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.connect(address, LIMIT_MILLIS);
            return new Peer(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A socket somebody else opened. */
    public static Peer over(Socket socket) throws IOException {
        return new Peer(socket);
    }

    /** Sends lines, all in one write. */
    public Peer send(String... lines) throws IOException {
        return raw(String.join("\n", lines) + "\n");
    }

    /** Sends text as it is. */
    public Peer raw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return this;
    }

    /** The next line; null at the end of the stream. */
    public @Nullable String line() throws IOException {
        return in.readLine();
    }

    /** Every line until the end of the stream. */
    public List<String> rest() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line; (line = in.readLine()) != null; ) {
            lines.add(line);
        }
        return lines;
    }

    /** Waits until the server has ended the connection, by end of stream or by reset. */
    public void awaitEnd() throws IOException {
        try {
            rest();
        } catch (SocketException reset) {
            // An end like any other.
        }
    }

    /** Ends the own direction only. */
    public Peer halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Goes away in peace, before the end of the test. */
    public void leave() throws IOException {
        socket.close();
    }

    /** Resets the connection. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The socket below. */
    public Socket socket() {
        return socket;
    }

    /** The own port, as the server sees it. */
    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

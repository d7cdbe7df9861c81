package dev.berth.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A plain socket that does what a test tells it, byte by byte, and nothing by itself: it knows no framing and reads only when
 * asked. Each wait for the other side lasts for at most 20 s, then a {@link SocketTimeoutException} says so.
 *
 * <p>Thread-safety: one thread reads, one writes; they may be two. {@link #close} and {@link #reset} may come from any thread.
 * Closing twice is harmless.
 */
public final class ScriptedPeer implements AutoCloseable {
    private static final int LIMIT_MILLIS = 20_000;
    private static final int SYSTEM_CHOICE = 0;
    private static final int READ_BYTES = 8 << 10;

    /** How the other side ended the connection. */
    public enum End {
        /** By the end of its stream. */
        CLOSED,
        /** By a reset. */
        RESET
    }

    private final Socket socket;

    private ScriptedPeer(Socket socket) throws SocketException {
        this.socket = socket;
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Connects. */
    public static ScriptedPeer connect(InetSocketAddress address) throws IOException {
        return connect(address, SYSTEM_CHOICE);
    }

    /**
     * Connects with a receive buffer of so many bytes; the system rounds it up, on Linux to 2304. A peer with a tiny one that
     * never reads closes its window after a few packets, which makes it the slowest reader there is.
     */
    public static ScriptedPeer connect(InetSocketAddress address, int receiveBytes) throws IOException {
        var socket = new Socket();
        try {
            if (receiveBytes != SYSTEM_CHOICE) {
                // Before connecting: the window's scale is fixed by the handshake (RFC 7323).
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.connect(address, LIMIT_MILLIS);
            return new ScriptedPeer(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A peer over a socket that somebody else opened, an accepted one for instance; it is closed with the peer. */
    public static ScriptedPeer over(Socket socket) throws IOException {
        return new ScriptedPeer(socket);
    }

    /** Sends bytes in one write. */
    public ScriptedPeer send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends text as UTF-8, in one write and as it is: a line needs its {@code \n}. */
    public ScriptedPeer send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    /** Sends text as UTF-8, one byte in each packet, with a pause after each. */
    public ScriptedPeer trickle(String text, Duration pause) throws IOException, InterruptedException {
        for (byte each : text.getBytes(UTF_8)) {
            send(each);
            Thread.sleep(pause);
        }
        return this;
    }

    /** Waits for so many bytes and returns them; fewer where the other side ended its stream before. */
    public byte[] receive(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /** Waits for a line and returns it without its LF or CR LF; what came until then at the end of the stream. */
    public String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next; (next = socket.getInputStream().read()) >= 0 && next != '\n'; ) {
            line.write(next);
        }
        var text = line.toString(UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Waits until the other side ends its stream; returns all that came before. */
    public byte[] rest() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Waits until the other side ends the connection, dropping what it still sends; returns how. */
    public End awaitEnd() throws IOException {
        var dropped = new byte[READ_BYTES];
        try {
            while (socket.getInputStream().read(dropped) >= 0) {
                // Only the end is of interest.
            }
            return End.CLOSED;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SocketException reset) {
            return End.RESET;
        }
    }

    /** Ends the own stream only; the other side's can still be read. */
    public ScriptedPeer halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Resets the connection: whatever is on its way, both ways, is lost. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The own port, as the other side sees it. */
    public int port() {
        return socket.getLocalPort();
    }

    /** The socket below, for what has no method here. */
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

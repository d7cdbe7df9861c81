package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.acceptance.SystemConnection;

/**
 * A client on the JDK's plain socket that knows nothing of Berth, of any address of this machine's loopback network.
 *
 * <p>For one thread. Closing it twice is harmless.
 */
final class Peer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ASKED_EVERY = Duration.ofMillis(100);
    private static final int OURS = 127 << 24;

    private final Socket socket = new Socket();

    /** Connects from 127.0.0.1. */
    Peer(int port) throws IOException {
        this(1, port, 0);
    }

    /**
     * Connects from address {@code number} of 127.0.0.0/8, so that ports don't run out.
     *
     * @param receiveBuffer bytes the kernel may keep for us, which is as much as is unread; 0 leaves it as it is
     */
    Peer(int number, int port, int receiveBuffer) throws IOException {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            if (number != 1) {
                socket.bind(new InetSocketAddress(address(number), 0));
            }
            socket.connect(new InetSocketAddress(address(1), port), (int) PATIENCE.toMillis());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static InetAddress address(int number) throws IOException {
        int ip = OURS + number;
        return InetAddress.getByAddress(new byte[] {(byte) (ip >> 24), (byte) (ip >> 16), (byte) (ip >> 8), (byte) ip});
    }

    /** How long a read waits at most from now on. */
    Peer patience(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        return this;
    }

    Peer send(String line) throws IOException {
        return write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Peer write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The next line; null at the end of the stream. */
    @Nullable String line() throws IOException {
        var line = new StringBuilder();
        for (int b; (b = socket.getInputStream().read()) != '\n'; ) {
            if (b < 0) {
                return null;
            }
            line.append((char) b);
        }
        return line.toString();
    }

    /** Fills the array, or says false if the stream ends before. */
    boolean read(byte[] bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes, 0, bytes.length) == bytes.length;
    }

    /** Reads until the other side has ended the connection, in whatever way; throws if it does not in time. */
    void awaitEnd() throws IOException {
        var waste = new byte[16_384];
        try {
            while (socket.getInputStream().read(waste) >= 0) {
                // More of what nobody wants.
            }
        } catch (SocketTimeoutException notEnded) {
            throw notEnded;
        } catch (SocketException reset) {
            // An end too.
        }
    }

    /**
     * Waits for a reset without reading anything, throws if none comes in time. Nothing but a failing write tells of one, so a
     * byte is written now and then.
     */
    void awaitReset() throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            try {
                socket.getOutputStream().write('?');
                Thread.sleep(ASKED_EVERY);
            } catch (SocketException reset) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        throw new SocketTimeoutException("was not reset: " + SystemConnection.about(port()));
    }

    /** Our own port, as the other side sees it. */
    int port() {
        return socket.getLocalPort();
    }

    /** Ends our direction; we still read. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends with a reset, which leaves no port behind in TIME_WAIT. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package dev.berth.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Objects;

import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** A connection's bytes as code written for a socket's stream expects them. For the one thread that receives. */
final class ConnectionInput extends InputStream {
    private final LinkConnection<?> connection;
    private boolean timeoutSaid;

    ConnectionInput(LinkConnection<?> connection) {
        this.connection = connection;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int at, int length) throws IOException {
        Objects.checkFromIndexSize(at, length, target.length);
        if (length == 0) {
            return 0;
        }
        try {
            return connection.read(target, at, length);
        } catch (ConnectionClosedException e) {
            throw isReadTimeout(e.reason()) && !timeoutSaid ? timedOut(e) : asSocketsSayIt(e);
        }
    }

    @Override
    public int available() {
        return connection.available();
    }

    @Override
    public void close() {
        connection.close();
    }

    private static boolean isReadTimeout(CloseReason reason) {
        return reason == CloseReason.FIRST_BYTE_TIMEOUT || reason == CloseReason.FRAME_TIMEOUT || reason == CloseReason.IDLE_TIMEOUT;
    }

    /** What a socket with a read timeout throws. Once: code that tries again after it must see that the connection has ended. */
    private SocketTimeoutException timedOut(ConnectionClosedException e) {
        timeoutSaid = true;
        var said = new SocketTimeoutException("Read timed out");
        said.initCause(e);
        return said;
    }

    /** The exception that a JDK socket throws for this end. */
    static SocketException asSocketsSayIt(ConnectionClosedException e) {
        var said = new SocketException(e.reason() == CloseReason.PEER_RESET ? "Connection reset" : "Socket closed");
        said.initCause(e);
        return said;
    }
}

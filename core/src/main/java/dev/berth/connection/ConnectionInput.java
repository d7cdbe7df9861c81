package dev.berth.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.Objects;

import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** A connection's bytes as code written for a socket's stream expects them. For the one thread that receives. */
final class ConnectionInput extends InputStream {
    private final LinkConnection<?> connection;

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
            throw asSocketsSayIt(e);
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

    /** The exception that a JDK socket throws for this end. */
    static SocketException asSocketsSayIt(ConnectionClosedException e) {
        var said = new SocketException(e.reason() == CloseReason.PEER_RESET ? "Connection reset" : "Socket closed");
        said.initCause(e);
        return said;
    }
}

package dev.berth.connection;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

import dev.berth.transport.ConnectionClosedException;

/** A connection's output as code written for a socket's stream expects it. Thread-safe: writes never interleave. */
final class ConnectionOutput extends OutputStream {
    private final LinkConnection<?> connection;

    ConnectionOutput(LinkConnection<?> connection) {
        this.connection = connection;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        try {
            connection.write(bytes, from, length);
        } catch (ConnectionClosedException e) {
            throw ConnectionInput.asSocketsSayIt(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            connection.flush();
        } catch (ConnectionClosedException e) {
            throw ConnectionInput.asSocketsSayIt(e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}

package dev.berth.connection;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

import dev.berth.transport.ConnectionClosedException;
import dev.berth.transport.Link;

/**
 * A connection's output as code written for a socket's stream expects it.
 *
 * <p>Thread-safe: writes never interleave, as {@link Connection#output} says up to which size. A larger one goes out piece by piece,
 * each once the kernel has the one before: the output is bounded, and whoever else sends finds room in it.
 */
final class ConnectionOutput extends OutputStream {
    private static final int MOST_PIECE_BYTES = 256 << 10;

    private final LinkConnection<?> connection;
    private final int pieceBytes;

    /** The output of a connection whose frames have at most so many bytes; no output is bounded by less. */
    ConnectionOutput(LinkConnection<?> connection, int maxFrameBytes) {
        this.connection = connection;
        pieceBytes = Math.clamp(maxFrameBytes, Link.BATCH_BYTES, MOST_PIECE_BYTES);
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        int at = from;
        int end = from + length;
        try {
            while (end - at > pieceBytes) {
                connection.write(bytes, at, pieceBytes);
                connection.flush();
                at += pieceBytes;
            }
            connection.write(bytes, at, end - at);
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

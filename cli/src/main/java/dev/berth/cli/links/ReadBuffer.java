package dev.berth.cli.links;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.LinkConnection;
import dev.berth.transport.Link;

/** What was read last from one link: small while the link is idle, larger while bytes flow. Used by one thread at a time. */
public final class ReadBuffer {
    /** Where bytes come from: how many were read, -1 at the end; waits without limit where there is no timeout. */
    private interface Source {
        int read(ByteBuffer target, @Nullable Duration timeout) throws IOException;
    }

    private static final int IDLE_BYTES = 256;
    private static final int BUSY_BYTES = 32 << 10;
    private static final Duration KEEP_LARGE = Duration.ofSeconds(1);

    private ByteBuffer bytes = ByteBuffer.allocate(IDLE_BYTES);

    /** Reads some bytes over those read before, waiting until there are any; returns false at the end of the stream. */
    public boolean fill(Link link) throws IOException {
        return fill((target, timeout) -> timeout == null ? link.read(target) : link.read(target, timeout));
    }

    /** Reads from a client, under its deadlines. */
    boolean fill(LinkConnection<?> client) throws IOException {
        return fill(client::readPast);
    }

    private boolean fill(Source source) throws IOException {
        if (!bytes.hasRemaining() && bytes.capacity() < BUSY_BYTES) {
            bytes = ByteBuffer.allocate(BUSY_BYTES);
        }
        return read(source, bytes.clear()) >= 0;
    }

    private int read(Source source, ByteBuffer target) throws IOException {
        if (target.capacity() == IDLE_BYTES) {
            return source.read(target, null);
        }
        try {
            return source.read(target, KEEP_LARGE);
        } catch (SocketTimeoutException idle) {
            bytes = ByteBuffer.allocate(IDLE_BYTES);
            return source.read(bytes, null);
        }
    }

    /** The array that holds what was read, from its beginning. */
    public byte[] array() {
        return bytes.array();
    }

    /** How many bytes were read. */
    public int length() {
        return bytes.position();
    }
}

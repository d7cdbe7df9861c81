package dev.berth.cli.talking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Connection;

/** The server's answers one by one. Where there are no messages, only bytes, one is as long as it was when it was recorded. */
final class HeardAnswers {
    /** The size of an answer that holds all there is. */
    static final int ALL = Integer.MAX_VALUE;

    private final Connection<byte[]> connection;
    private final boolean raw;
    private byte[] ahead = {};

    HeardAnswers(Connection<byte[]> connection, boolean raw) {
        this.connection = connection;
        this.raw = raw;
    }

    /**
     * The next answer, or null when the server has ended.
     *
     * @param size how long it should be, for raw bytes; fewer are an answer too where no more come
     */
    byte @Nullable [] next(int size, Duration limit) throws IOException {
        if (!raw) {
            return connection.receive(limit);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ahead);
        ahead = new byte[0];
        long deadline = System.nanoTime() + limit.toNanos();
        while (bytes.size() < size) {
            byte[] piece = piece(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())), bytes.size() > 0);
            if (piece == null) {
                return bytes.size() == 0 ? null : bytes.toByteArray();
            }
            bytes.writeBytes(piece);
        }
        byte[] all = bytes.toByteArray();
        ahead = Arrays.copyOfRange(all, size, all.length);
        return Arrays.copyOf(all, size);
    }

    private byte @Nullable [] piece(Duration limit, boolean enough) throws IOException {
        try {
            return connection.receive(limit);
        } catch (SocketTimeoutException e) {
            if (enough) {
                return null;
            }
            throw e;
        }
    }
}

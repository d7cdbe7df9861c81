package dev.berth.cli.serving;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.berth.connection.Connection;

/**
 * One room: what a client sends goes to all others. Nobody waits for anybody: a client that does not read is cut by its own
 * output's limit, and one that is gone is skipped.
 *
 * <p>Thread-safe.
 */
final class ChatRoom implements FrameHandler {
    private final Set<Connection<byte[]>> present = ConcurrentHashMap.newKeySet();

    @Override
    public void joined(Connection<byte[]> client) {
        present.add(client);
    }

    @Override
    public void received(Connection<byte[]> client, byte[] frame) {
        for (Connection<byte[]> other : present) {
            if (!other.equals(client)) {
                tell(other, frame);
            }
        }
    }

    @Override
    public void left(Connection<byte[]> client) {
        present.remove(client);
    }

    private static void tell(Connection<byte[]> other, byte[] frame) {
        try {
            other.send(frame);
        } catch (IOException gone) {
            // It ended, or was cut because it does not read: its own thread notices, and its own line says why.
        }
    }
}

package dev.berth.cli.serving;

import dev.berth.connection.Connection;

/** The handlers that need no line of Java. */
public enum ReadyMade {
    /** Every frame goes back to its sender. */
    ECHO,
    /** Every frame goes to all other clients. */
    CHAT,
    /** Frames are read and dropped. */
    SINK;

    /** A handler of this kind, which tells the log when a client has said its first word. */
    public ServingHandler handler(ClientLog log) {
        FrameHandler frames = switch (this) {
            case ECHO -> Connection::send;
            case CHAT -> new ChatRoom();
            case SINK -> (client, frame) -> { };
        };
        return client -> serve(client, frames, log);
    }

    private static void serve(Connection<byte[]> client, FrameHandler frames, ClientLog log) throws Exception {
        frames.joined(client);
        try {
            byte[] first = client.receive();
            if (first != null) {
                log.spoke(client.id());
                frames.received(client, first);
                client.forEach(frame -> frames.received(client, frame));
            }
        } finally {
            frames.left(client);
        }
    }
}

package dev.berth.cli.serving;

import java.io.IOException;

import dev.berth.connection.Connection;

/** What a ready-made handler does with each frame. Thread-safe: one serves all clients. */
interface FrameHandler {
    /** A client has its place. */
    default void joined(Connection<byte[]> client) {}

    /** A client sent a frame. */
    void received(Connection<byte[]> client, byte[] frame) throws IOException;

    /** A client is gone, however it ended. */
    default void left(Connection<byte[]> client) {}
}

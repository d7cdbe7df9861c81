package dev.berth.cli.serving;

import dev.berth.server.Handler;

/** A handler that may hold something beside its clients, which is let go when the server has ended. Thread-safe. */
@FunctionalInterface
public interface ServingHandler extends Handler<byte[]>, AutoCloseable {
    @Override
    default void close() {}
}

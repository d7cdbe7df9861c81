package dev.berth.connection;

/**
 * Handles one message.
 *
 * @param <T> the message
 */
@FunctionalInterface
public interface MessageHandler<T> {

    /** Handles the message; an exception ends the loop that calls it. */
    void handle(T message) throws Exception;
}

package dev.berth.connection;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.transport.Endpoints;

/** A message that wants an answer: what is made of the answer, and of none. */
final class Request {
    private Request() {}

    /** Sends the message and waits for the next one received. */
    static <T> T answered(Connection<T> connection, T message, Duration timeout) throws IOException {
        IOException unsent = null;
        try {
            connection.send(message);
        } catch (IOException e) {
            // The peer may have said why before it went: that is read before the failed write is reported.
            unsent = e;
        }
        try {
            return orEnd(connection, connection.receive(timeout));
        } catch (SocketTimeoutException e) {
            throw LateAnswer.of("no answer from " + Endpoints.text(connection.remoteAddress()), timeout, e);
        } catch (IOException e) {
            throw unsent == null ? e : unsent;
        }
    }

    /** The message received; where there is none the peer has ended, and it is an error to whoever expected one. */
    static <T> T orEnd(Connection<T> connection, @Nullable T message) throws EOFException {
        if (message == null) {
            throw new EOFException("peer " + Endpoints.text(connection.remoteAddress()) + " ended without another message");
        }
        return message;
    }
}

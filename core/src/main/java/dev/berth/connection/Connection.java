package dev.berth.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.berth.framing.Codec;
import dev.berth.transport.CloseReason;

/**
 * A live peer and the messages exchanged with it; the same on the server's side and the client's.
 *
 * <p>Thread-safe for sending: frames of several threads never interleave. One thread at a time receives. The thread
 * that owns the connection (on a server the client's own thread, on a client the one that connected) has its messages
 * collected: they leave when it receives and no complete frame is left, at {@link #flush} or {@link #close}, when
 * 32 KiB are collected, when another thread sends, or after 1 ms. Another thread's message leaves at once. A peer that
 * does not read makes the owner wait; another thread's send waits too on a client's connection, and cuts the peer as a
 * slow reader on a server's.
 *
 * <p>An operation after the end throws {@link dev.berth.transport.ConnectionClosedException}, which says the reason. An
 * interrupt during a receive or a blocked send ends the connection. Closing twice is harmless.
 *
 * @param <T> what is received and sent
 */
public interface Connection<T> extends AutoCloseable {

    /** How long {@link #request(Object)} waits for the answer: 10 s. */
    Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** A number that no other connection of the same server, or of this process's clients, has. */
    long id();

    /** The peer's address. */
    InetSocketAddress remoteAddress();

    /** Our own address. */
    InetSocketAddress localAddress();

    /**
     * Waits for the next message.
     *
     * @return the message; null at a clean end, when the peer ended its stream between two frames
     * @throws TruncatedException if the stream ended inside a frame, of which nothing is delivered
     * @throws dev.berth.framing.FramingException if the bytes are no frame or the frame no message; nothing after it is
     *     delivered, but an answer can still be sent
     * @throws IllegalStateException if another thread is receiving
     */
    @Nullable T receive() throws IOException;

    /**
     * Waits for the next message for at most so long. What has come is taken however short that is, since it looks for 1 ms at
     * least; more than 24 days are no limit.
     *
     * @throws java.net.SocketTimeoutException if no whole message came in time; the connection stays usable
     */
    @Nullable T receive(Duration timeout) throws IOException;

    /**
     * Waits for the next frame and reads it where it lies, without a copy. The view is dead when the reader returns.
     *
     * @return what the reader returned; null at a clean end
     */
    <R> @Nullable R receive(FrameReader<R> reader) throws IOException;

    /** Waits for the next message like {@link #receive()}; a clean end is an {@link java.io.EOFException}. */
    T expect() throws IOException;

    /** Hands every message to the handler until the clean end. */
    default void forEach(MessageHandler<T> handler) throws Exception {
        for (T message; (message = receive()) != null; ) {
            handler.handle(message);
        }
    }

    /**
     * Goes on with another codec, for instance after a login: bytes received and not yet delivered are read with the new
     * framing. Messages go through the connection it returns; receiving or sending on this one is then an
     * IllegalStateException.
     *
     * @throws IllegalStateException if another thread is receiving
     */
    <U> Connection<U> switchTo(Codec<U> codec);

    /**
     * The bytes received, for code that was written for streams: resets, deadlines and ends come as that code expects them, as a
     * {@link java.net.SocketException}, a {@link java.net.SocketTimeoutException} (after which the connection has ended) or -1.
     * Closing it closes the connection.
     *
     * @throws IllegalStateException if the framing is not {@code raw}
     */
    InputStream input();

    /**
     * Bytes to send, for code that was written for streams. They leave as messages do; closing it closes the connection.
     *
     * <p>Writes of several threads never interleave up to the framing's maximum, which is 64 KiB unless said otherwise, and counts
     * up to 256 KiB here. A larger write is made of such pieces, and whichever thread writes it waits for each to leave.
     *
     * @throws IllegalStateException if the framing is not {@code raw}
     */
    OutputStream output();

    /** Sends the message and waits for the next one received, at most 10 s. */
    default T request(T message) throws IOException {
        return request(message, REQUEST_TIMEOUT);
    }

    /**
     * Sends the message and waits for the next one received, for so long as {@link #receive(Duration)} does.
     *
     * @throws java.net.SocketTimeoutException if no answer came in time; the connection stays usable
     * @throws java.io.EOFException if the peer ended without an answer
     */
    T request(T message, Duration timeout) throws IOException;

    /**
     * Sends a message. Returned means accepted in order, not received by the peer.
     *
     * @throws IllegalArgumentException if the message cannot be framed; nothing is sent
     */
    void send(T message) throws IOException;

    /** Returns once everything sent before is with the kernel; no more is promised. */
    void flush() throws IOException;

    /**
     * Says that nothing more will be sent: flushes, for at most 10 s, and lets the peer see the end of the stream. Receiving
     * goes on. Calling it twice is harmless.
     */
    void shutdownOutput() throws IOException;

    /**
     * Ends politely: what was sent is flushed, for at most 10 s, and the peer sees the end of the stream. That is done when it
     * returns, also where another thread has begun it.
     */
    @Override
    void close();

    /** Ends now: what was not sent is dropped. */
    void abort();

    /** Whether nobody on our side has ended the connection. The peer may have; receiving tells. */
    boolean isOpen();

    /** Why the connection ends or ended; empty while nothing is known that ends it. */
    Optional<CloseReason> closeReason();

    /** What is known of it at this moment. */
    ConnectionSnapshot snapshot();
}

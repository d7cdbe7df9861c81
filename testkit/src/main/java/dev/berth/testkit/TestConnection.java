package dev.berth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Connection;
import dev.berth.connection.ConnectionSnapshot;
import dev.berth.connection.FrameReader;
import dev.berth.connection.MessageHandler;
import dev.berth.framing.Codec;
import dev.berth.framing.FrameWriter;
import dev.berth.transport.CloseReason;

/**
 * A connection to a peer that a test scripts, in memory: for a handler's unit test without a socket.
 *
 * <p>It is the real connection over a link of its own, so that messages, limits, waiting and endings are the real ones.
 * The peer reads everything unless {@link #peerStopsReading} was called, and says nothing but what the test makes it say.
 * Who receives or sends first owns the connection, as a handler's thread owns its client, unless {@link #ownedBy} says
 * otherwise. Nothing is collected: what was sent is with the peer at once.
 *
 * <p>Thread-safe as {@link Connection} says; the peer may be scripted from any thread, before and while a handler runs.
 * Closing twice is harmless.
 *
 * @param <T> what is received and sent
 */
public final class TestConnection<T> implements Connection<T> {
    private final Codec<T> codec;
    private final MemoryLink near;
    private final MemoryLink far;
    private final Connection<T> connection;

    private TestConnection(Codec<T> codec) {
        this.codec = codec;
        long id = ConnectionPair.nextId();
        var links = MemoryLink.pair(ConnectionPair.SERVER_PORT, ConnectionPair.clientPort(id), true);
        near = links.near();
        far = links.far();
        far.drain(true);
        connection = ConnectionPair.over(id, near, codec);
    }

    /** A peer that sends these lines and then ends its stream; what it is sent, it goes on to read. */
    public static TestConnection<String> of(String... lines) {
        return of(Codec.lines(), lines);
    }

    /** A peer that sends these messages and then ends its stream; what it is sent, it goes on to read. */
    @SafeVarargs
    public static <T> TestConnection<T> of(Codec<T> codec, T... messages) {
        var connection = open(codec);
        for (T message : messages) {
            connection.put(message);
        }
        return connection.peerEnds();
    }

    /** A peer that is there and silent, until the test makes it do something. */
    public static <T> TestConnection<T> open(Codec<T> codec) {
        return new TestConnection<>(codec);
    }

    /** Two connections joined in memory: what one sends the other receives. */
    public static <T> ConnectionPair<T> pair(Codec<T> codec) {
        return ConnectionPair.of(codec);
    }

    /** The peer sends these messages. Returns this connection. */
    @SafeVarargs
    public final TestConnection<T> peerSends(T... messages) {
        for (T message : messages) {
            put(message);
        }
        return this;
    }

    /** The peer sends bytes as they are: half a frame, or what is no frame at all. Returns this connection. */
    public TestConnection<T> peerSendsBytes(byte... bytes) {
        far.put(bytes.clone());
        return this;
    }

    /** The peer ends its stream; after half a frame that is an end inside it. It goes on to read. Returns this connection. */
    public TestConnection<T> peerEnds() {
        far.endNow();
        return this;
    }

    /** The peer resets the connection; what it sent before can still be received. Returns this connection. */
    public TestConnection<T> peerResets() {
        far.reason(CloseReason.ABORTED);
        far.close();
        return this;
    }

    /**
     * The peer no longer reads: 1 MiB on its way is what the network takes, then a send of the owner waits, and one of
     * another thread cuts the peer once 4 MiB are unsent. Returns this connection.
     */
    public TestConnection<T> peerStopsReading() {
        far.drain(false);
        return this;
    }

    /** The peer reads again, and everything that was on its way. Returns this connection. */
    public TestConnection<T> peerReads() {
        far.drain(true);
        return this;
    }

    /** Says which thread is the owner, whose sends wait for a peer that does not read. Returns this connection. */
    public TestConnection<T> ownedBy(Thread thread) {
        near.owner(thread);
        return this;
    }

    /**
     * What was sent so far, in order, decoded by the codec: every message whose send returned, read by the peer or not.
     *
     * @throws IllegalStateException if the codec cannot read what it wrote
     */
    public List<T> sent() {
        return new SentMessages<>(codec).decoded(near.written());
    }

    private void put(T message) {
        var frame = new FrameWriter();
        codec.encode(message, frame);
        codec.framing().seal(frame);
        far.put(Arrays.copyOfRange(frame.array(), frame.offset(), frame.offset() + frame.length()));
    }

    @Override
    public long id() {
        return connection.id();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return connection.localAddress();
    }

    @Override
    public @Nullable T receive() throws IOException {
        return connection.receive();
    }

    @Override
    public @Nullable T receive(Duration timeout) throws IOException {
        return connection.receive(timeout);
    }

    @Override
    public <R> @Nullable R receive(FrameReader<R> reader) throws IOException {
        return connection.receive(reader);
    }

    @Override
    public T expect() throws IOException {
        return connection.expect();
    }

    @Override
    public void forEach(MessageHandler<T> handler) throws Exception {
        connection.forEach(handler);
    }

    @Override
    public T request(T message) throws IOException {
        return connection.request(message);
    }

    @Override
    public T request(T message, Duration timeout) throws IOException {
        return connection.request(message, timeout);
    }

    @Override
    public void send(T message) throws IOException {
        connection.send(message);
    }

    @Override
    public void flush() throws IOException {
        connection.flush();
    }

    @Override
    public void shutdownOutput() throws IOException {
        connection.shutdownOutput();
    }

    /** {@inheritDoc} What the peer is told to send, and {@link #sent}, stay in the first codec. */
    @Override
    public <U> Connection<U> switchTo(Codec<U> next) {
        return connection.switchTo(next);
    }

    @Override
    public InputStream input() {
        return connection.input();
    }

    @Override
    public OutputStream output() {
        return connection.output();
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public void abort() {
        connection.abort();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    /** Why the connection ends or ended; empty while nothing is known that ends it. */
    @Override
    public Optional<CloseReason> closeReason() {
        return connection.closeReason();
    }

    @Override
    public ConnectionSnapshot snapshot() {
        return connection.snapshot();
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}

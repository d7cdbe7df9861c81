package dev.berth.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;
import dev.berth.transport.Endpoints;
import dev.berth.transport.Link;

/**
 * A connection over a link: what the server and the client build, on any transport.
 *
 * <p>Thread-safe as {@link Connection} says. It has no lock of its own: the receiving half belongs to the thread that
 * receives, the output to the link.
 *
 * @param <T> what is received and sent
 */
public final class LinkConnection<T> implements Connection<T> {
    private final long id;
    private final Link link;
    private final Codec<T> codec;
    private final FrameTap tap;
    private final Inbound inbound;
    private final PoliteEnd politeEnd;
    private final FrameReader<T> decoder = this::decode;
    private final long since;
    /** Why messages do not go through this one; null while they do. */
    private volatile @Nullable String unusable;
    private volatile @Nullable LinkConnection<?> switchedTo;

    /** A connection of this number over a link that nobody else uses. */
    public LinkConnection(long id, Link link, Codec<T> codec, FrameTap tap, InputLimits limits) {
        this.id = id;
        this.link = link;
        this.codec = codec;
        this.tap = tap;
        inbound = new Inbound(link, codec.framing(), limits);
        politeEnd = new PoliteEnd(link, inbound);
        since = System.currentTimeMillis();
    }

    /** The same connection in another codec. */
    LinkConnection(LinkConnection<?> before, Codec<T> codec, FrameTap tap) {
        id = before.id;
        link = before.link;
        this.codec = codec;
        this.tap = tap;
        inbound = before.inbound;
        politeEnd = before.politeEnd;
        since = before.since;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return link.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return link.localAddress();
    }

    @Override
    public @Nullable T receive() throws IOException {
        return next(decoder, null);
    }

    @Override
    public @Nullable T receive(Duration timeout) throws IOException {
        return next(decoder, timeout);
    }

    @Override
    public <R> @Nullable R receive(FrameReader<R> reader) throws IOException {
        return next(reader, null);
    }

    @Override
    public T expect() throws IOException {
        return Request.orEnd(this, receive());
    }

    @Override
    public T request(T message, Duration timeout) throws IOException {
        return Request.answered(this, message, timeout);
    }

    private <R> @Nullable R next(FrameReader<R> reader, @Nullable Duration timeout) throws IOException {
        enter();
        try {
            return inbound.await(timeout) ? deliver(reader) : null;
        } catch (SocketTimeoutException e) {
            throw timeout == null ? e : LateAnswer.of("nothing from " + peer(), timeout, e);
        } catch (FramingException | TruncatedException e) {
            tapLeftOver();
            throw e;
        } finally {
            inbound.leave();
        }
    }

    /** Makes the caller the thread that receives. */
    private void enter() throws ConnectionClosedException {
        requireCurrent();
        boolean entered = inbound.enter();
        if (politeEnd.hasBegun()) {
            // Where it lingers it is the one who receives.
            if (entered) {
                inbound.leave();
            }
            throw new ConnectionClosedException(link.reason(CloseReason.COMPLETED), null);
        }
        requireEntered(entered);
    }

    private void claimInput() {
        requireEntered(inbound.enter());
    }

    private void requireEntered(boolean entered) {
        if (!entered) {
            throw new IllegalStateException("another thread is receiving on " + this);
        }
    }

    private void requireCurrent() {
        if (unusable != null) {
            throw new IllegalStateException(this + unusable);
        }
    }

    @Override
    public <U> Connection<U> switchTo(Codec<U> next) {
        requireCurrent();
        claimInput();
        try {
            // Its login may have ended before the input was claimed.
            requireCurrent();
            inbound.framing(next.framing());
            unusable = " goes on with another codec: use what switchTo returned";
            var switched = new LinkConnection<>(this, next, tap);
            switchedTo = switched;
            return switched;
        } finally {
            inbound.leave();
        }
    }

    /** Begins a login: until it is over messages go through the connection returned, within the limits of {@link Login}. */
    <L> LinkConnection<L> beginLogin(Codec<L> codec) {
        unusable = " is not authenticated yet";
        inbound.stranger(codec.framing());
        link.boundOutput(Login.MAX_OUTPUT_BYTES);
        return new LinkConnection<>(this, codec, tap.equals(FrameTap.NONE) ? tap : new WithholdingTap(tap));
    }

    /** Ends a login that went well, and all that it has switched to: messages go through this connection. */
    void endLogin(LinkConnection<?> login, int maxOutputBytes) {
        claimInput();
        for (LinkConnection<?> over = login; over != null; over = over.switchedTo) {
            over.unusable = " is authenticated: its login is over";
        }
        inbound.known(codec.framing());
        link.boundOutput(maxOutputBytes);
        unusable = null;
        inbound.leave();
    }

    @Override
    public InputStream input() {
        requireRaw("input");
        return new ConnectionInput(this);
    }

    @Override
    public OutputStream output() {
        requireRaw("output");
        return new ConnectionOutput(this, codec.framing().maxFrameBytes());
    }

    private void requireRaw(String what) {
        requireCurrent();
        if (inbound.isOfStranger()) {
            throw new IllegalStateException(what + "() is for clients that are authenticated, and " + this + " is not yet");
        }
        var notation = codec.framing().notation();
        if (!notation.equals(Framing.raw().notation())) {
            throw new IllegalStateException(what + "() needs the framing raw, and " + this + " has " + notation);
        }
    }

    /** Takes bytes as they come; for the stream. */
    int read(byte[] target, int at, int length) throws IOException {
        enter();
        try {
            return inbound.read(target, at, length);
        } finally {
            inbound.leave();
        }
    }

    /** How many bytes the stream can read without waiting. */
    int available() {
        return inbound.buffered() + link.available();
    }

    private <R> R deliver(FrameReader<R> reader) throws IOException {
        var view = inbound.frame();
        try {
            tap.received(this, view);
            return reader.read(view);
        } finally {
            view.expire();
            inbound.consume();
        }
    }

    private T decode(FrameView frame) throws IOException {
        try {
            return codec.decode(frame);
        } catch (FramingException e) {
            throw inbound.refuse(e);
        } catch (IOException | RuntimeException e) {
            var malformed = FramingException.malformed("frame is no message: " + e.getMessage());
            malformed.initCause(e);
            throw inbound.refuse(malformed);
        }
    }

    private void tapLeftOver() {
        if (!tap.equals(FrameTap.NONE) && inbound.hasLeftOver()) {
            var view = inbound.leftOver();
            tap.unparsed(this, view);
            view.expire();
        }
    }

    @Override
    public void send(T message) throws IOException {
        requireCurrent();
        var frame = new FrameWriter();
        codec.encode(message, frame);
        codec.framing().seal(frame);
        write(frame.array(), frame.offset(), frame.length());
    }

    /** Sends bytes that are framed already. */
    void write(byte[] bytes, int from, int length) throws IOException {
        if (!tap.equals(FrameTap.NONE)) {
            var view = FrameView.of(bytes, from, from + length);
            tap.sent(this, view);
            view.expire();
        }
        link.write(bytes, from, length);
    }

    /**
     * Reads bytes from the link itself, for who moves them as they come and receives no more frames: at the peer's pace, under the
     * connection's deadlines, and without noting how the stream ends.
     *
     * @param timeout how long at most; null waits without limit
     * @return how many, -1 at the end
     */
    public int readPast(ByteBuffer target, @Nullable Duration timeout) throws IOException {
        return inbound.readPast(target, timeout);
    }

    /** Cuts the peer if it was waited for too long: asked by a timer every now and then, with {@link System#nanoTime}. */
    public void judge(long now) {
        inbound.judge(now);
    }

    /** Counts so long, in which the process was paused, for nobody's waiting; from the same timer. */
    public void excuse(long nanos) {
        inbound.excuse(nanos);
    }

    /**
     * Sends a frame of the first codec, sealed already, as a sign of life; not once another codec is spoken, but one that is under
     * way meanwhile still goes out. Does not wait. Returns whether it was sent.
     */
    public boolean heartbeat(byte[] frame) {
        try {
            if (unusable == null && isOpen()) {
                write(frame, 0, frame.length);
                return true;
            }
        } catch (IOException gone) {
            // Noted as the link's reason; the handler is told.
        }
        return false;
    }

    @Override
    public void flush() throws IOException {
        link.flush();
    }

    @Override
    public void shutdownOutput() throws IOException {
        link.shutdownOutput(PoliteEnd.FLUSH_LIMIT);
    }

    /**
     * {@inheritDoc}
     *
     * <p>If the peer has sent more than was read, the socket is kept for up to a second so that the reset it would cause
     * does not overtake our last bytes. Who closes it while another thread does waits for that one.
     */
    @Override
    public void close() {
        politeEnd.end(link.available() > 0);
    }

    /** Closes like {@link #close}, and always waits up to a second for the peer to end first: for a last word. */
    public void closeAfterLastWord() {
        politeEnd.end(true);
    }

    @Override
    public void abort() {
        link.abort(CloseReason.ABORTED);
        link.close();
    }

    @Override
    public boolean isOpen() {
        return !politeEnd.hasBegun() && !link.isAborted();
    }

    @Override
    public Optional<CloseReason> closeReason() {
        return Optional.ofNullable(link.reason());
    }

    @Override
    public ConnectionSnapshot snapshot() {
        return snapshot(isOpen() ? State.SERVING : State.ENDING, Thread.currentThread().getName());
    }

    /** What is known of it at this moment, with what only its server knows. */
    public ConnectionSnapshot snapshot(State state, String threadName) {
        return new ConnectionSnapshot(
                id,
                remoteAddress(),
                state,
                Instant.ofEpochMilli(since),
                link.bytesIn(),
                link.bytesOut(),
                inbound.frames(),
                link.writes(),
                threadName);
    }

    @Override
    public String toString() {
        return "#" + id + " " + peer();
    }

    private String peer() {
        return Endpoints.text(remoteAddress());
    }
}

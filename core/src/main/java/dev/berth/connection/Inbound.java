package dev.berth.connection;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.berth.framing.FrameView;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;
import dev.berth.transport.Link;

/**
 * The receiving half of a connection: from the link's bytes to whole frames, and how that ends.
 *
 * <p>State belongs to the one thread that receives; a second one is refused. {@link #frames} may be read by any.
 */
final class Inbound {
    /** The shortest wait: a look at what has come. */
    private static final Duration LOOK = Duration.ofMillis(1);
    /** The longest that a socket can be told; more is without limit. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private final Link link;
    private final Patience patience;
    private final Pace pace;
    private Framing framing;
    private final Input input = new Input();
    private final AtomicReference<@Nullable Thread> receiver = new AtomicReference<>();
    private volatile long frames;
    private boolean stranger;
    private boolean done;
    private long lastBytesAt;
    private @Nullable IOException failure;

    Inbound(Link link, Framing framing, InputLimits limits) {
        this.link = link;
        patience = new Patience(link, limits.deadlines());
        pace = limits.pace();
        this.framing = framing;
    }

    /** Cuts the peer if it was waited for too long. */
    void judge(long now) {
        patience.judge(now);
    }

    /** Gives the peer so long besides. */
    void excuse(long nanos) {
        patience.excuse(nanos);
    }

    long frames() {
        return frames;
    }

    /** Makes the caller the thread that receives, if nobody is. */
    boolean enter() {
        return receiver.compareAndSet(null, Thread.currentThread());
    }

    void leave() {
        receiver.set(null);
    }

    /** Goes on with another framing, from the first byte not yet delivered. */
    void framing(Framing next) {
        framing = stranger ? Login.bounded(next) : next;
        input.lookAgain();
    }

    /** Goes on within the limits of {@link Login}. */
    void stranger(Framing next) {
        stranger = true;
        framing(next);
    }

    /** Goes on without them. */
    void known(Framing next) {
        stranger = false;
        framing(next);
    }

    boolean isOfStranger() {
        return stranger;
    }

    /**
     * Waits until a whole frame is there.
     *
     * @param timeout how long at most, and one look however short it is; null waits without limit, and so do ages
     * @return false at a clean end
     */
    boolean await(@Nullable Duration timeout) throws IOException {
        var limit = bounded(timeout);
        long deadline = limit == null ? 0 : System.nanoTime() + limit.toNanos();
        pace.await(link, frames, limit);
        if (stranger && frames >= Login.MAX_FRAMES && !done) {
            link.reason(CloseReason.AUTH_FAILED);
            done = true;
            var tooMany = Login.tooManyFrames();
            failure = tooMany;
            throw tooMany;
        }
        for (boolean looked = false; !frameFound(); looked = true) {
            if (done) {
                return lastFrameFound() || ended();
            }
            // The peer may have said why before it went, so a failed write is not reported before that is read.
            var unsent = push();
            var left = limit == null ? null : left(deadline, limit, looked);
            if (endsFrameBySilence(left, unsent)) {
                return true;
            }
        }
        return true;
    }

    /** Reads on. Returns whether silence completed a frame instead: for a framing whose frames end so. */
    private boolean endsFrameBySilence(@Nullable Duration limit, @Nullable IOException unsent) throws IOException {
        var silence = hasLeftOver() ? framing.silence().orElse(null) : null;
        // Since the last byte, however many receives ago; what has come in the meantime unread is looked for first.
        var rest = silence == null ? null : longer(silence.minusNanos(System.nanoTime() - lastBytesAt), LOOK);
        if (rest == null || (limit != null && limit.compareTo(rest) < 0)) {
            fill(limit, unsent);
            return false;
        }
        try {
            fill(rest, unsent);
            return false;
        } catch (SocketTimeoutException silent) {
            return lastFrameFound();
        }
    }

    /** Whether what is there is a frame, now that nothing comes after it. */
    private boolean lastFrameFound() throws FramingException {
        try {
            return failure == null && framing.silence().isPresent() && input.nextAfterSilence(framing);
        } catch (FramingException e) {
            throw refuse(e);
        }
    }

    /** Waits for bytes without regard to frames; returns how many were taken, -1 at the end of the stream. */
    int read(byte[] target, int at, int length) throws IOException {
        while (!hasLeftOver()) {
            if (done) {
                ended();
                return -1;
            }
            fill(null, push());
        }
        return input.take(target, at, length);
    }

    /** Reads past all framing, for one who asks for no more frames: what the link returns, under the same deadlines. */
    int readPast(ByteBuffer target, @Nullable Duration timeout) throws IOException {
        if (hasLeftOver()) {
            // Received with the frames that came before.
            int n = input.take(target.array(), target.arrayOffset() + target.position(), target.remaining());
            target.position(target.position() + n);
            return n;
        }
        var left = pace.await(link, frames, bounded(timeout));
        patience.begin(false);
        int n = 0;
        try {
            n = left == null ? link.read(target) : link.read(target, left);
            return n;
        } finally {
            patience.end(n > 0);
        }
    }

    /** The frame found last, where it lies. */
    FrameView frame() {
        long count = frames + 1;
        frames = count;
        patience.frameEnded();
        return FrameView.of(input.array(), input.frameStart(), input.frameEnd());
    }

    void consume() {
        input.consume();
    }

    /** What was received and belongs to no frame. */
    FrameView leftOver() {
        int from = input.leftOverFrom();
        return FrameView.of(input.array(), from, from + input.leftOver());
    }

    /** How many bytes can be delivered without reading. */
    int buffered() {
        return input.leftOver();
    }

    boolean hasLeftOver() {
        return input.leftOver() > 0;
    }

    /** Notes that the bytes are no frame, or the frame no message: nothing after it is delivered. */
    FramingException refuse(FramingException e) {
        link.reason(e.kind() == FramingException.Kind.TOO_LARGE ? CloseReason.FRAME_TOO_LARGE : CloseReason.BAD_FRAME);
        done = true;
        var refusal = stranger ? Login.withoutBytes(e, framing) : e;
        failure = refusal;
        return refusal;
    }

    private boolean frameFound() throws FramingException {
        try {
            return !done && input.next(framing);
        } catch (FramingException e) {
            throw refuse(e);
        }
    }

    private @Nullable IOException push() {
        try {
            link.push();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private void fill(@Nullable Duration timeout, @Nullable IOException unsent) throws IOException {
        boolean insideFrame = hasLeftOver();
        // Outside of it: what was received since the last frame, and belongs to none, is paid for like a frame.
        var left = insideFrame ? timeout : pace.await(link, frames, timeout);
        patience.begin(insideFrame);
        boolean received = false;
        try {
            received = input.fill(link, left);
            lastBytesAt = System.nanoTime();
            done = !received;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            done = true;
            failure = unsent == null ? e : unsent;
            throw failure;
        } finally {
            patience.end(received);
        }
    }

    /** The stream has ended, or our wish to read it. */
    private boolean ended() throws IOException {
        if (failure != null) {
            throw new ConnectionClosedException(link.reason(CloseReason.IO_ERROR), failure);
        }
        if (link.isInputEnded()) {
            link.reason(CloseReason.DRAINED);
        } else if (hasLeftOver()) {
            link.reason(CloseReason.TRUNCATED);
            var truncated = new TruncatedException(input.leftOver());
            failure = truncated;
            throw truncated;
        } else {
            link.reason(CloseReason.PEER_CLOSED);
        }
        return false;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static @Nullable Duration bounded(@Nullable Duration timeout) {
        return timeout == null || timeout.compareTo(LONGEST) > 0 ? null : longer(timeout, LOOK);
    }

    private static Duration left(long deadline, Duration limit, boolean looked) throws SocketTimeoutException {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0 && looked) {
            throw new SocketTimeoutException("nothing received within " + limit);
        }
        return longer(Duration.ofNanos(nanos), LOOK);
    }
}

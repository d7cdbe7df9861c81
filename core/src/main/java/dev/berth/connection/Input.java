package dev.berth.connection;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.framing.FrameCursor;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;
import dev.berth.transport.Link;

/**
 * The bytes received and not yet consumed, and where the first frame in them lies.
 *
 * <p>Used by the one thread that receives. It grows with what was received, never with what was announced, and an idle
 * client holds 256 bytes.
 */
final class Input {
    static final int IDLE_BYTES = 256;
    private static final int BUSY_BYTES = 64 << 10;
    // The largest array every JVM can make.
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
    /** A larger buffer is kept for so long in the hope of more; then a small one waits in its place. */
    private static final Duration KEEP_LARGE = Duration.ofSeconds(1);

    private final FrameCursor cursor = new FrameCursor();
    private ByteBuffer bytes = ByteBuffer.allocate(IDLE_BYTES);
    private int from;

    /** Finds the first complete frame. */
    boolean next(Framing framing) throws FramingException {
        if (from == bytes.position()) {
            return false;
        }
        cursor.over(bytes.array(), from, bytes.position());
        if (framing.next(cursor)) {
            return true;
        }
        from = cursor.dropSkipped();
        return false;
    }

    /** Finds the frame that silence, or the end of the stream, has completed. */
    boolean nextAfterSilence(Framing framing) throws FramingException {
        if (from == bytes.position()) {
            return false;
        }
        cursor.over(bytes.array(), from, bytes.position());
        cursor.silence(true);
        return framing.next(cursor);
    }

    /** Forgets how far another framing has looked. */
    void lookAgain() {
        cursor.reset();
    }

    /** Takes bytes as they come, without regard to frames. Returns how many. */
    int take(byte[] target, int at, int length) {
        int n = Math.min(length, leftOver());
        System.arraycopy(bytes.array(), from, target, at, n);
        from += n;
        return n;
    }

    byte[] array() {
        return bytes.array();
    }

    int frameStart() {
        return cursor.start();
    }

    int frameEnd() {
        return cursor.end();
    }

    /** Consumes the frame found last. */
    void consume() {
        from = cursor.next();
        cursor.reset();
    }

    int leftOver() {
        return bytes.position() - from;
    }

    int leftOverFrom() {
        return from;
    }

    /**
     * Reads more.
     *
     * @param timeout how long at most; null waits without limit
     * @return false at the end of the stream
     */
    boolean fill(Link link, @Nullable Duration timeout) throws IOException {
        makeRoom();
        int room = bytes.remaining();
        int n = timeout == null ? readPatiently(link) : link.read(bytes, timeout);
        if (n == room && from == 0 && bytes.capacity() < BUSY_BYTES) {
            grow();
        }
        return n >= 0;
    }

    private int readPatiently(Link link) throws IOException {
        if (leftOver() > 0 || bytes.capacity() == IDLE_BYTES) {
            return link.read(bytes);
        }
        try {
            return link.read(bytes, KEEP_LARGE);
        } catch (SocketTimeoutException idle) {
            bytes = ByteBuffer.allocate(IDLE_BYTES);
            from = 0;
            return link.read(bytes);
        }
    }

    private void makeRoom() {
        if (leftOver() == 0) {
            from = 0;
            if (bytes.capacity() > BUSY_BYTES) {
                bytes = ByteBuffer.allocate(IDLE_BYTES);
            } else {
                bytes.clear();
            }
        } else if (from > 0) {
            System.arraycopy(bytes.array(), from, bytes.array(), 0, leftOver());
            bytes.position(leftOver());
            from = 0;
        }
        if (!bytes.hasRemaining()) {
            grow();
        }
    }

    private void grow() {
        var larger = ByteBuffer.allocate((int) Math.min(2L * bytes.capacity(), MAX_BYTES));
        bytes.flip();
        bytes = larger.put(bytes);
    }
}

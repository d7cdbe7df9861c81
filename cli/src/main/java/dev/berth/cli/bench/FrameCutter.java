package dev.berth.cli.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.berth.framing.FrameCursor;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;

/** Bytes in, frames out: for bytes that a connection delivered as they came. Not thread-safe. */
final class FrameCutter {
    private static final int FIRST_BYTES = 256;

    private final Framing framing;
    private final FrameCursor cursor = new FrameCursor();
    private byte[] bytes = new byte[FIRST_BYTES];
    private int from;
    private int to;

    FrameCutter(Framing framing) {
        this.framing = framing;
    }

    /** Whether nothing is left of what was added. */
    boolean isEmpty() {
        return from == to;
    }

    /** Takes all that remains in the buffer. */
    void add(ByteBuffer more) {
        System.arraycopy(bytes, from, bytes, 0, to - from);
        to -= from;
        from = 0;
        if (bytes.length - to < more.remaining()) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, to + more.remaining()));
        }
        int length = more.remaining();
        more.get(bytes, to, length);
        to += length;
    }

    /** The next whole frame, good until the next call; null where more bytes are needed. */
    @Nullable ByteBuffer next() throws FramingException {
        if (isEmpty()) {
            return null;
        }
        cursor.over(bytes, from, to);
        if (!framing.next(cursor)) {
            from = cursor.dropSkipped();
            return null;
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes, cursor.start(), cursor.end() - cursor.start()).slice();
        from = cursor.next();
        cursor.reset();
        return frame;
    }
}

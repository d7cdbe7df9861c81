package dev.berth.connection;

import java.io.EOFException;

/** The peer ended its stream inside a frame; nothing of that frame is delivered. */
public final class TruncatedException extends EOFException {
    private static final long serialVersionUID = 1;

    private final int leftOverBytes;

    TruncatedException(int leftOverBytes) {
        super("stream ended inside a frame, after " + leftOverBytes + " of its bytes");
        this.leftOverBytes = leftOverBytes;
    }

    /** How many bytes of the unfinished frame had come. */
    public int leftOverBytes() {
        return leftOverBytes;
    }
}

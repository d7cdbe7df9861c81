package dev.berth.framing;

import java.time.Duration;
import java.util.Optional;

/** One framing for what is received, another for what is sent; see {@link Framing#of}. */
record DuplexFraming(Framing in, Framing out) implements Framing {

    @Override
    public String notation() {
        return in.notation() + " in, " + out.notation() + " out";
    }

    /** The larger of the two: a buffer that holds so much holds either. */
    @Override
    public int maxFrameBytes() {
        return Math.max(in.maxFrameBytes(), out.maxFrameBytes());
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new DuplexFraming(in.withMaxFrameBytes(max), out.withMaxFrameBytes(max));
    }

    @Override
    public Optional<Duration> silence() {
        return in.silence();
    }

    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        return in.next(cursor);
    }

    @Override
    public void seal(FrameWriter frame) {
        out.seal(frame);
    }

    /** Refuses to be a part of another framing, whose notation could not be read again. */
    static Framing requireOneWay(Framing inner) {
        if (inner instanceof DuplexFraming) {
            throw new IllegalArgumentException("framing '" + inner.notation() + "' can't be inside another; put Framing.of outermost");
        }
        return inner;
    }
}

package dev.berth.framing;

/** {@code fixed:N}: every frame has the same size, which is also its maximum. */
record FixedFraming(int maxFrameBytes) implements Framing {

    FixedFraming {
        if (maxFrameBytes < 1 || maxFrameBytes > FrameSize.LARGEST) {
            throw new IllegalArgumentException(
                    "size " + maxFrameBytes + " is out of range: 1 to " + FrameSize.LARGEST);
        }
    }

    /** The framing {@code fixed:N} names. */
    static Framing parse(String notation) {
        return new FixedFraming(Notation.number("size", notation.substring("fixed:".length()), 1, FrameSize.LARGEST));
    }

    @Override
    public String notation() {
        return "fixed:" + maxFrameBytes;
    }

    /** This: a larger maximum changes nothing, a smaller one would refuse every frame. */
    @Override
    public Framing withMaxFrameBytes(int max) {
        FrameSize.requireMax(max, maxFrameBytes);
        return this;
    }

    @Override
    public boolean next(FrameCursor cursor) {
        if (cursor.available() < maxFrameBytes) {
            return false;
        }
        int end = cursor.from() + maxFrameBytes;
        cursor.found(cursor.from(), end, end);
        return true;
    }

    @Override
    public void seal(FrameWriter frame) {
        if (frame.length() != maxFrameBytes) {
            throw new IllegalArgumentException(
                    "payload of " + frame.length() + " bytes in " + notation() + ": exactly " + maxFrameBytes + " are needed");
        }
    }
}

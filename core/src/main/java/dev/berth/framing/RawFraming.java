package dev.berth.framing;

/** {@code raw}: bytes as they arrive; the maximum only cuts large pieces. */
record RawFraming(int maxFrameBytes) implements Framing {

    RawFraming {
        FrameSize.requireMax(maxFrameBytes, 1);
    }

    @Override
    public String notation() {
        return "raw";
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new RawFraming(max);
    }

    @Override
    public boolean next(FrameCursor cursor) {
        int length = Math.min(cursor.available(), maxFrameBytes);
        if (length == 0) {
            return false;
        }
        int end = cursor.from() + length;
        cursor.found(cursor.from(), end, end);
        return true;
    }

    /** Nothing to do: any size goes, since the other side sees no frames. */
    @Override
    public void seal(FrameWriter frame) {}
}

package dev.berth.testkit.chaos;

import java.io.IOException;
import java.util.Arrays;

import dev.berth.framing.FrameCursor;
import dev.berth.framing.Framing;

/** Lets so many whole frames through, each once it is whole, then does something and drops what follows. */
final class FrameStop implements Sink {
    private final Sink next;
    private final Framing framing;
    private final Stop.Action action;
    private final FrameCursor cursor = new FrameCursor();
    private byte[] held = {};
    private int left;

    FrameStop(Sink next, Toxic.CutAfterFrames cut, Stop.Action action) {
        this.next = next;
        framing = cut.framing();
        left = cut.frames();
        this.action = action;
    }

    @Override
    public void bytes(byte[] bytes, int from, int length, long due) throws IOException, InterruptedException {
        byte[] all = Arrays.copyOf(held, held.length + length);
        System.arraycopy(bytes, from, all, held.length, length);
        int passed = 0;
        while (left > 0 && found(all, passed)) {
            // A framing that unpacks writes over the frame: what goes on is what came.
            int end = cursor.next();
            byte[] whole = Arrays.copyOfRange(all, passed, end);
            cursor.reset();
            next.bytes(whole, 0, whole.length, due);
            passed = end;
            left--;
        }
        held = Arrays.copyOfRange(all, passed, all.length);
        if (left == 0) {
            left = -1;
            action.run();
        }
    }

    /** Looks in a copy, so that the bytes stay what they are. */
    private boolean found(byte[] all, int from) throws IOException {
        byte[] copy = all.clone();
        cursor.reset();
        cursor.over(copy, from, copy.length);
        return framing.next(cursor);
    }

    @Override
    public void end(long due) throws IOException, InterruptedException {
        if (left > 0) {
            next.bytes(held, 0, held.length, due);
            next.end(due);
        }
    }
}

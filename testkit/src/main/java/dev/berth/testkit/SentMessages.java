package dev.berth.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.berth.framing.Codec;
import dev.berth.framing.FrameCursor;
import dev.berth.framing.FrameView;

/** Reads messages back from the frames they were written in. */
record SentMessages<T>(Codec<T> codec) {

    List<T> decoded(List<byte[]> frames) {
        List<T> messages = new ArrayList<>(frames.size());
        for (byte[] frame : frames) {
            messages.add(decoded(frame));
        }
        return List.copyOf(messages);
    }

    private T decoded(byte[] frame) {
        // A copy: some framings unpack in place.
        byte[] bytes = frame.clone();
        var cursor = new FrameCursor();
        cursor.over(bytes, 0, bytes.length);
        try {
            if (!isWhole(cursor)) {
                throw new IllegalStateException("what was sent in " + bytes.length + " bytes is no whole frame of "
                        + codec.framing().notation());
            }
            var view = FrameView.of(bytes, cursor.start(), cursor.end());
            T message = codec.decode(view);
            view.expire();
            return message;
        } catch (IOException e) {
            throw new IllegalStateException("what was sent does not decode: " + e.getMessage(), e);
        }
    }

    /** One write is one frame; where only silence ends a frame, it falls after the write. */
    private boolean isWhole(FrameCursor cursor) throws IOException {
        if (codec.framing().next(cursor)) {
            return true;
        }
        cursor.silence(true);
        return codec.framing().next(cursor);
    }
}

package dev.berth.server;

import java.util.Arrays;

import dev.berth.framing.Codec;
import dev.berth.framing.FrameWriter;

/** A message of the server's own, which a setting holds. */
final class Notice {
    private Notice() {}

    /** Its frame. A notice that cannot be framed is found here, not when the first client is turned away. */
    static <T> byte[] frame(String setting, T notice, Codec<T> codec) {
        try {
            var frame = new FrameWriter();
            codec.encode(notice, frame);
            codec.framing().seal(frame);
            return Arrays.copyOfRange(frame.array(), frame.offset(), frame.offset() + frame.length());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + " cannot be sent: " + e.getMessage(), e);
        }
    }
}

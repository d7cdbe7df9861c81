package dev.berth.connection;

import java.io.IOException;

import dev.berth.framing.FrameView;

/**
 * Reads one frame where it lies.
 *
 * @param <R> what it makes of the frame
 */
@FunctionalInterface
public interface FrameReader<R> {

    /** Makes something of the frame; the view must not be kept. */
    R read(FrameView frame) throws IOException;
}

package dev.berth.connection;

import dev.berth.framing.FrameView;

/**
 * Sees every frame of a connection: for traces and recordings.
 *
 * <p>Called on the thread that receives or sends, or on one of its own for a heartbeat, never under a lock; a slow tap slows that
 * client alone. The view is dead when the call returns. It must not throw.
 */
public interface FrameTap {

    /** Sees nothing. */
    FrameTap NONE = new FrameTap() {};

    /** A frame's payload was received and is about to be delivered. */
    default void received(Connection<?> connection, FrameView frame) {}

    /** A frame, as it goes on the wire, is about to be accepted by the output. */
    default void sent(Connection<?> connection, FrameView frame) {}

    /**
     * So many bytes were received of a client that has not shown yet that it may be served. They are not shown: they may be a secret.
     */
    default void withheld(Connection<?> connection, int bytes) {}

    /** Bytes are left over: they are no frame, or the stream ended inside one. */
    default void unparsed(Connection<?> connection, FrameView leftOver) {}
}

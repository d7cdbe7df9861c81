package dev.berth.connection;

import dev.berth.framing.FrameView;

/** Shows a tap what we send, and of what is received no more than how much it is. */
record WithholdingTap(FrameTap tap) implements FrameTap {

    @Override
    public void received(Connection<?> connection, FrameView frame) {
        tap.withheld(connection, frame.length());
    }

    @Override
    public void sent(Connection<?> connection, FrameView frame) {
        tap.sent(connection, frame);
    }

    @Override
    public void unparsed(Connection<?> connection, FrameView leftOver) {
        tap.withheld(connection, leftOver.length());
    }
}

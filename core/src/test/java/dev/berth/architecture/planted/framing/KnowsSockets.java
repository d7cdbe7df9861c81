package dev.berth.architecture.planted.framing;

import dev.berth.architecture.planted.transport.Blocks;

/** A framing that knows a transport. */
final class KnowsSockets {
    private KnowsSockets() {}

    static String text() {
        return Blocks.class.getName();
    }
}

package dev.berth.cli.demo;

import java.io.IOException;

/** A server that a scene visits: it echoes lines, in its own architecture. Closing twice is harmless. */
interface Server extends AutoCloseable {

    /** Lets clients in: they have connected, and were not served before. */
    void open();

    @Override
    void close() throws IOException;
}

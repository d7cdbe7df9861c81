package dev.berth.testkit.chaos;

import java.io.IOException;

/** Where one direction's bytes go next: through a toxic, or out. Used by that direction's writing thread alone. */
interface Sink {
    /**
     * Takes some bytes.
     *
     * @param due when they would leave if nothing held them up, on the clock of {@link System#nanoTime}
     */
    void bytes(byte[] bytes, int from, int length, long due) throws IOException, InterruptedException;

    /** Takes the end of the stream, which is due then. */
    void end(long due) throws IOException, InterruptedException;
}

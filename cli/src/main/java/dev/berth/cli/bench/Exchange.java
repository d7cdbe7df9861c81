package dev.berth.cli.bench;

import java.io.IOException;

/** How one connection sends and receives until the window has ended and every answer is there. */
interface Exchange {

    /** Exchanges messages on the thread that owns the connection, and closes it. */
    void run() throws IOException, InterruptedException;

    /** Says that the window was shortened, to whoever sleeps until a message is due. */
    void hurry();
}

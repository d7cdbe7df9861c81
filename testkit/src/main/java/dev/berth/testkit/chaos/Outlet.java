package dev.berth.testkit.chaos;

import java.io.IOException;
import java.net.Socket;

/** The end of one direction: writes to the socket, unless the direction is stalled or ended. */
final class Outlet implements Sink {
    private final Relay relay;
    private final Socket to;
    private volatile boolean stalled;
    private volatile boolean ended;

    Outlet(Relay relay, Socket to) {
        this.relay = relay;
        this.to = to;
    }

    /** Lets nothing out any more, not even the end. Any thread may ask for it. */
    void stall() {
        stalled = true;
    }

    /** Ends the stream; what comes after is dropped. Any thread may ask for it. */
    void finish() throws IOException {
        if (!ended && !stalled) {
            ended = true;
            to.shutdownOutput();
        }
    }

    @Override
    public void bytes(byte[] bytes, int from, int length, long due) throws IOException, InterruptedException {
        if (stalled) {
            relay.awaitOver();
        }
        if (ended) {
            return;
        }
        try {
            to.getOutputStream().write(bytes, from, length);
        } catch (IOException e) {
            if (!ended) {
                throw e;
            }
        }
    }

    @Override
    public void end(long due) throws IOException, InterruptedException {
        if (stalled) {
            relay.awaitOver();
        }
        finish();
    }
}

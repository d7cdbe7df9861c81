package dev.berth.cli.bench;

import java.io.IOException;

/**
 * A closed loop on one thread: answers bring as many messages. For as many bytes under way as our receive buffer has room for when
 * they come back: with more, both sides could wait in a write.
 */
final class Alternating implements Exchange {
    private final Talk talk;
    private final int depth;
    private final Window window;

    Alternating(Talk talk, int depth, Window window) {
        this.talk = talk;
        this.depth = depth;
        this.window = window;
    }

    @Override
    public void run() throws IOException {
        talk.send(0, depth, System.nanoTime());
        long sent = depth;
        for (long answered = 0; answered < sent; ) {
            long whole = talk.receive(answered, window);
            int more = (int) (whole - answered);
            answered = whole;
            if (more > 0 && window.isOpen(talk.receivedAt())) {
                talk.send(sent, more, talk.receivedAt());
                sent += more;
            }
        }
        talk.connection().close();
    }

    /** Nothing to do: it sees the end of the window with its next answer. */
    @Override
    public void hurry() {}
}

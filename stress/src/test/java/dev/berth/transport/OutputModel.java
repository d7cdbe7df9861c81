package dev.berth.transport;

/** An output that has no time between accepting and writing: what was sent is on the wire, in order, each frame once. */
public final class OutputModel {
    private final StringBuilder wire = new StringBuilder();

    public void sendOwn() {
        wire.append("own").append(OutputOperations.END);
    }

    public void send(int thread) {
        wire.append("by").append(thread).append(OutputOperations.END);
    }

    public String flush() {
        return wire.toString();
    }

    public void push() {
        // Whether it has left is not seen before a flush.
    }

    public void write() {
        // Like push.
    }

    public void sweep() {
        // Like push.
    }
}

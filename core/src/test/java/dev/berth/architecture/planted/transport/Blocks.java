package dev.berth.architecture.planted.transport;

/** Locks the way the house does not: a block, a method. */
public final class Blocks {
    private int count;

    /** A synchronized block. */
    public int block() {
        synchronized (this) {
            return count++;
        }
    }

    /** A synchronized method. */
    public synchronized int method() {
        return count++;
    }
}

package dev.berth.connection;

/** Where a client is on its way. */
public enum State {
    /** Accepted, and waiting for a place. */
    WAITING,
    /** In its handler. */
    SERVING,
    /** On its way out. */
    ENDING,
    /** Ended, but its handler has not returned: it keeps its place until it does. */
    ABANDONED
}

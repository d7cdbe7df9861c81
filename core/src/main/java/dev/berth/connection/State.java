package dev.berth.connection;

/** Where a client is on its way. */
public enum State {
    /** Accepted, and waiting for a place. */
    WAITING,
    /** It has a place, and has yet to show that it may be served. */
    AUTHENTICATING,
    /** In its handler. */
    SERVING,
    /** On its way out. */
    ENDING,
    /** Ended, but its handler has not returned: it keeps its place until it does. */
    ABANDONED
}

package dev.berth.server;

/** What happens to the next client when every place is taken. */
public enum WhenFull {
    /** It waits in the queue. */
    WAIT,
    /** It is refused. */
    REFUSE,
    /** It replaces the client that was served longest. */
    REPLACE
}

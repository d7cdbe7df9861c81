package dev.berth.transport;

/** What a send by another thread than the link's owner does when the output has no room. */
public enum Overflow {
    /** It ends the link with {@link CloseReason#SLOW_READER}: whoever sends to many must not wait for one. */
    CUT,
    /** It waits until its frame fits under the soft limit. */
    WAIT
}

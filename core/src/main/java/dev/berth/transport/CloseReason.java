package dev.berth.transport;

/** The one cause a connection ended with: the first that occurred. */
public enum CloseReason {
    /** The peer ended its stream between two frames. */
    PEER_CLOSED("peer closed", ""),
    /** The peer reset the connection, or was found gone when we wrote. */
    PEER_RESET("peer reset", ""),
    /** The peer ended its stream inside a frame. */
    TRUNCATED("ended inside a frame", "--frame"),
    /** Our handler returned or closed the connection. */
    COMPLETED("completed", ""),
    /** Our handler, or the authenticator, threw something. */
    HANDLER_ERROR("handler failed", ""),
    /** A frame was larger than allowed. */
    FRAME_TOO_LARGE("frame too large", "--max-frame"),
    /** Bytes that are no frame, or a frame that is no message. */
    BAD_FRAME("bad frame", "--frame"),
    /** The peer did not read what we sent, and the bounded output was full for too long. */
    SLOW_READER("slow reader", ""),
    /** The peer took nothing of what we sent, or hardly anything, for too long. */
    WRITE_TIMEOUT("took nothing in time", "--write-timeout"),
    /** The peer sent no first byte in time. */
    FIRST_BYTE_TIMEOUT("no first byte in time", "--first-byte-timeout"),
    /** The peer began a frame and did not end it in time. */
    FRAME_TIMEOUT("frame not ended in time", "--frame-timeout"),
    /** The peer sent nothing for too long. */
    IDLE_TIMEOUT("idle too long", "--idle-timeout"),
    /** The peer did not show that it may be served. */
    AUTH_FAILED("not authenticated", "--auth-tokens"),
    /** The peer took too long to show that it may be served. */
    AUTH_TIMEOUT("not authenticated in time", "--auth-timeout"),
    /** The connection had lived long enough. */
    MAX_AGE("old enough", "--max-age"),
    /** The thread that used the connection was interrupted. */
    INTERRUPTED("interrupted", ""),
    /** Somebody closed this one client by its id. */
    CLOSED_BY_ADMIN("closed by admin", ""),
    /** A newer client took its place. */
    REPLACED("replaced by a newer client", "--when-full"),
    /** The server drained: the client had finished, or the deadline passed. */
    DRAINED("drained", "--drain-timeout"),
    /** The server closed. */
    SERVER_CLOSED("server closed", ""),
    /** Our own side ended it at once. */
    ABORTED("aborted", ""),
    /** The network or the system failed in another way. */
    IO_ERROR("network error", "");

    private final String text;
    private final String option;

    CloseReason(String text, String option) {
        this.text = text;
        this.option = option;
    }

    /** The reason in a few words for people. */
    public String text() {
        return text;
    }

    /** The command's option that governs it, or an empty string. */
    public String option() {
        return option;
    }
}

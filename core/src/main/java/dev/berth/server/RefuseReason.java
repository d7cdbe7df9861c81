package dev.berth.server;

/** Why a client was never served. */
public enum RefuseReason {
    /** Every place was taken and nobody is meant to wait. */
    FULL("every place is taken", "--max-connections"),
    /** Every place was taken and the queue full. */
    QUEUE_FULL("the queue is full", "--max-queued"),
    /** It waited for a place as long as it may. */
    QUEUE_TIMEOUT("waited too long for a place", "--queue-timeout"),
    /** It went away while it waited. */
    LEFT("left the queue", ""),
    /** A newer client took its turn. */
    REPLACED("replaced by a newer client", "--when-full"),
    /** The server was draining. */
    DRAINING("server drains", ""),
    /** The server was closing. */
    CLOSED("server closed", "");

    private final String text;
    private final String option;

    RefuseReason(String text, String option) {
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

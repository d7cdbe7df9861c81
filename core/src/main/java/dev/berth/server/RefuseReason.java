package dev.berth.server;

/** Why a client was never served. */
public enum RefuseReason {
    /** Its address is denied. */
    DENIED("its address is denied", "--deny"),
    /** There is a list of who may come, and its address is not on it. */
    NOT_ALLOWED("its address is not allowed", "--allow"),
    /** As many clients as one address may have were here. */
    PER_IP("too many from its address", "--max-per-ip"),
    /** As many clients as one subnet may have were here. */
    PER_SUBNET("too many from its subnet", "--max-per-subnet"),
    /** Its address connected as often in a second as it may. */
    CONNECT_RATE("its address connects too often", "--max-connect-rate"),
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
    /** An administrator closed it while it waited. */
    CLOSED_BY_ADMIN("closed by admin", ""),
    /** Waiting itself failed: the queue notice threw, or there was no memory for a thread. */
    FAILED("waiting for a place failed", ""),
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

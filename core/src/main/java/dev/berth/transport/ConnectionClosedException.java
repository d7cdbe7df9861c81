package dev.berth.transport;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** Thrown by an operation on a connection that has ended; says why it ended. */
public final class ConnectionClosedException extends IOException {
    private static final long serialVersionUID = 1;

    private final CloseReason reason;

    /** Creates one that says this reason. */
    public ConnectionClosedException(CloseReason reason, @Nullable Throwable cause) {
        super("connection ended: " + reason.text(), cause);
        this.reason = reason;
    }

    /** Why the connection ended. */
    public CloseReason reason() {
        return reason;
    }
}

package dev.berth.client;

import java.io.IOException;
import java.io.Serial;

/** No connection to a server came about; the text says what was tried and what each address answered. */
public final class ConnectFailedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Why, in one word. */
    public enum Kind {
        /** The name has no address. */
        UNKNOWN_HOST,
        /** Nothing listens there. */
        REFUSED,
        /** No way leads there. */
        UNREACHABLE,
        /** No answer in time. */
        TIMED_OUT,
        /** Our own address could not be used, or the system failed. */
        FAILED
    }

    private final Kind kind;
    private final String host;
    private final int port;

    ConnectFailedException(Kind kind, String host, int port, String message) {
        super(message);
        this.kind = kind;
        this.host = host;
        this.port = port;
    }

    /** Why, in one word: the last address's answer where several were tried. */
    public Kind kind() {
        return kind;
    }

    /** The host that was asked for. */
    public String host() {
        return host;
    }

    /** The port that was asked for. */
    public int port() {
        return port;
    }
}

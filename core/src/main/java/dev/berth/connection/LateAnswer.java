package dev.berth.connection;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;

/** Says what did not come within its time. */
final class LateAnswer {
    private LateAnswer() {}

    /** The link's own timeout, in words about the peer. */
    static SocketTimeoutException of(String missing, Duration limit, SocketTimeoutException cause) {
        var timeout = new SocketTimeoutException(missing + " within " + limit.toString().substring(2).toLowerCase(Locale.ROOT));
        timeout.initCause(cause);
        return timeout;
    }
}

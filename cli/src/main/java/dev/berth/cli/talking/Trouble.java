package dev.berth.cli.talking;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serial;
import java.net.SocketTimeoutException;

import dev.berth.cli.args.Endpoint;
import dev.berth.client.ConnectFailedException;
import dev.berth.connection.TruncatedException;
import dev.berth.framing.FramingException;
import dev.berth.transport.ConnectionClosedException;

/** Talking failed, in words for a person: one line with the server, what happened, and what to try. */
public final class Trouble extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Trouble in these words. */
    public Trouble(String message) {
        super(message);
    }

    /** Why no connection came about. */
    public static Trouble connecting(Endpoint server, IOException error) {
        if (!(error instanceof ConnectFailedException failed)) {
            return new Trouble("cannot connect to " + server + ": " + error.getMessage());
        }
        return new Trouble(switch (failed.kind()) {
            case UNKNOWN_HOST -> "unknown host '" + server.host() + "'; check the name, or use an IP address";
            case REFUSED -> server + " refused the connection: nothing listens there; check host and port";
            case UNREACHABLE -> server + " is unreachable: no way leads there from this machine";
            case TIMED_OUT -> server + " did not answer in time; check host, port and firewalls";
            case FAILED -> String.valueOf(failed.getMessage());
        });
    }

    /** Why a conversation ended that had begun. */
    static Trouble talking(Endpoint server, IOException error) {
        return new Trouble(switch (error) {
            case TruncatedException cut -> server + " ended inside a message; does it frame them in another way (--frame)? " + cut.getMessage();
            case EOFException _ -> server + " closed the connection without an answer";
            case SocketTimeoutException _ -> server + " did not answer in time; does it frame messages in another way (--frame), or need longer (--timeout)?";
            case FramingException bad -> server + " sent what is no message: " + bad.getMessage();
            case ConnectionClosedException ended -> server + ": " + ended.getMessage();
            default -> server + " broke the connection: " + error.getMessage();
        });
    }
}

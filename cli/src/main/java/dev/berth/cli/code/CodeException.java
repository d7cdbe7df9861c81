package dev.berth.cli.code;

import java.io.Serial;

/** The user's own code can't be found, loaded or made; the message says why in one line. */
public final class CodeException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    CodeException(String message) {
        super(message);
    }

    CodeException(String message, Throwable cause) {
        super(message, cause);
    }
}

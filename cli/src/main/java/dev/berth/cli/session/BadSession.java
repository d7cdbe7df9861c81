package dev.berth.cli.session;

import java.io.Serial;

/** A session's file that can't be read; the message says where and why. */
public final class BadSession extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    BadSession(String message) {
        super(message);
    }
}

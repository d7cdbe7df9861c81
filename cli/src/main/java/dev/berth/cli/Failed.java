package dev.berth.cli;

import java.io.Serial;

/** The work failed for a reason that a person can read in one line; the command ends with {@link ExitCode#FAILED}. */
final class Failed extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    Failed(String message) {
        super(message);
    }
}

package dev.berth.cli;

import java.io.Serial;

/** What was typed can't be meant; the message says what is allowed. The command ends with {@link ExitCode#WRONG_USAGE}. */
final class WrongUsage extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    WrongUsage(String message) {
        super(message);
    }

    /** The same words as an argument's or a builder's complaint. */
    WrongUsage(IllegalArgumentException complaint) {
        super(complaint.getMessage(), complaint);
    }
}

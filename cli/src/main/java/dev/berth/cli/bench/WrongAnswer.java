package dev.berth.cli.bench;

import java.io.IOException;
import java.io.Serial;

/** What came back is not what was sent. */
final class WrongAnswer extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    WrongAnswer(String message) {
        super(message);
    }
}

package dev.berth.cli.bench;

import java.io.IOException;
import java.io.Serial;

/** Messages were due and could not be sent by the end of a run, although it waited. */
final class RateNotReached extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    RateNotReached(long unsent) {
        super(unsent + " messages of one connection were due and not sent: the rate is more than the server, this machine,"
                + " or --depth allows");
    }
}

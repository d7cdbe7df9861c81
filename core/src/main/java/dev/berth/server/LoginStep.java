package dev.berth.server;

import java.time.Duration;

import dev.berth.connection.Deadlines;
import dev.berth.connection.Login;
import dev.berth.framing.Codec;

/**
 * What a client has to pass before its handler is called.
 *
 * @param codec what it speaks meanwhile
 * @param authenticator who decides
 * @param timeout how long it may take, all of it
 */
record LoginStep<L>(Codec<L> codec, Authenticator<L> authenticator, Duration timeout) {

    /** The step as clients meet it: frames of a login are small. */
    LoginStep<L> checked(Duration timeout) {
        try {
            return new LoginStep<>(Login.bounded(codec), authenticator, timeout);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("authenticate takes frames of at most " + Login.MAX_FRAME_BYTES + " bytes, and "
                    + codec.framing().notation() + " has none: " + e.getMessage(), e);
        }
    }

    /** Whether it has to be over at some time. */
    boolean isTimed() {
        return !timeout.equals(Deadlines.OFF);
    }
}

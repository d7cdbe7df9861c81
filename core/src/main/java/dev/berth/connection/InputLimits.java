package dev.berth.connection;

/**
 * How one peer's input is waited for, and how fast it is taken.
 *
 * @param deadlines how long the peer is waited for
 * @param pace how fast it is read; of this one peer
 */
public record InputLimits(Deadlines deadlines, Pace pace) {
    /** No limits. */
    public static final InputLimits NONE = new InputLimits(Deadlines.NONE, Pace.NONE);
}

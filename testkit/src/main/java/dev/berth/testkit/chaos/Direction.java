package dev.berth.testkit.chaos;

/** Which way bytes go through a {@link ChaosProxy}. */
public enum Direction {
    /** What the client sends. */
    TO_SERVER,
    /** What the server sends. */
    TO_CLIENT;

    /** The other way. */
    public Direction opposite() {
        return this == TO_SERVER ? TO_CLIENT : TO_SERVER;
    }
}

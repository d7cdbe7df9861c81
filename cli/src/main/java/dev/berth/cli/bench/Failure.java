package dev.berth.cli.bench;

/**
 * Why one connection of a run did not do its part.
 *
 * @param text one example's own words
 */
public record Failure(Kind kind, String text) {

    /** What went wrong, in one word. */
    public enum Kind {
        /** No connection came about. */
        NOT_CONNECTED("could not connect"),
        /** The answer was not what had been sent. */
        WRONG_ANSWER("wrong answer"),
        /** The server ended the connection. */
        CLOSED("closed by the server"),
        /** The connection was reset, or the network failed. */
        BROKEN("connection broken"),
        /** No answer came in time. */
        TIMED_OUT("no answer in time"),
        /** Messages were due and could not be sent by the end. */
        UNSENT("rate not reached");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** For people. */
        String text() {
            return text;
        }
    }
}

package dev.berth.cli.torture;

import java.time.Duration;

/**
 * What became of one attacking connection, as far as the server had a say in it.
 *
 * @param kind how it ended
 * @param after how long after it was connected; nothing where it never was
 */
record Fate(Kind kind, Duration after) {

    /** How a connection can end. */
    enum Kind {
        /** It could not connect. */
        REFUSED("refused"),
        /** The server ended its stream. */
        CLOSED("closed"),
        /** The server, or the system for it, reset it. */
        RESET("reset"),
        /** It left by itself, and the server was not faster. */
        LEFT("left by themselves"),
        /** It was there when the time was over. */
        OPEN("still open");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The same for people, behind a number. */
        String text() {
            return text;
        }
    }
}

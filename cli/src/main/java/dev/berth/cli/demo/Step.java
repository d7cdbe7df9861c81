package dev.berth.cli.demo;

import java.time.Duration;

/**
 * One thing that was seen to happen.
 *
 * @param at when, from the scene's beginning
 * @param actor who saw it
 * @param kind what kind of thing
 * @param text what, in words for people
 */
public record Step(Duration at, Actor actor, Kind kind, String text) {

    /** What kind of thing happened; the drawing highlights its place. */
    public enum Kind {
        /** A main socket listens. */
        LISTENING("1"),
        /** A client's connection stands. */
        CONNECTED(""),
        /** A client waits to be taken. */
        QUEUED("queue"),
        /** The server took a client, and gave it what this architecture gives. */
        TAKEN("2"),
        /** A message went out. */
        SENT(""),
        /** The right answer came. */
        ANSWERED("3"),
        /** An answer meant for somebody else came. */
        FOREIGN("!"),
        /** Nothing came. */
        SILENT("!"),
        /** An end. */
        ENDED("");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }

        /** The story's number of this kind of step: 1 main socket, queue, 2 own thread and socket, 3 exchange. */
        public String mark() {
            return mark;
        }

        /** Whether it is what nobody wants to see. */
        public boolean isTrouble() {
            return this == FOREIGN || this == SILENT;
        }
    }
}

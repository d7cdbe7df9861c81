package dev.berth.architecture.planted.connection;

import dev.berth.architecture.planted.server.Sleeps;

/** Logs, prints, and knows the server, which knows it. */
public final class Talks {
    private Talks() {}

    /** Prints. */
    @SuppressWarnings("SystemOut")
    public static void print() {
        System.out.println(Sleeps.class);
    }

    /** Prints a stack trace. */
    public static void trace(Throwable error) {
        error.printStackTrace();
    }

    /** Logs. */
    public static void log() {
        System.getLogger("planted").log(System.Logger.Level.INFO, "planted");
    }
}

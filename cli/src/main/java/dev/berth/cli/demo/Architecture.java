package dev.berth.cli.demo;

import dev.berth.cli.demo.Step.Kind;

/** The three ways to serve two clients, and what each of them claims will be seen. */
public enum Architecture {
    /** One server instance with one socket field for everybody. */
    SHARED(
            "all clients share one server instance and its one socket",
            "Answers go to the wrong client, or to none."),
    /** One client after the other. */
    ONE_AT_A_TIME(
            "one thread talks to one client until that one leaves",
            "The second client is connected and silent, until the first one leaves."),
    /** Every client its own socket and its own thread. */
    MULTI(
            "a main socket that only listens, a queue, and a thread and a socket for each client",
            "Both clients exchange messages at the same time, and neither notices the other.");

    private final String title;
    private final String claim;

    Architecture(String title, String claim) {
        this.title = title;
        this.claim = claim;
    }

    /** What it is. */
    public String title() {
        return title;
    }

    /** What will be seen. */
    public String claim() {
        return claim;
    }

    /** Whether what it claims was seen. */
    boolean isShownBy(Observations seen) {
        if (!seen.sawAny(Actor.CLIENT_1, Kind.CONNECTED) || !seen.sawAny(Actor.CLIENT_2, Kind.CONNECTED)) {
            return false;
        }
        long foreign = clients(seen, Kind.FOREIGN);
        long silent = clients(seen, Kind.SILENT);
        return switch (this) {
            case SHARED -> foreign + silent > 0;
            case ONE_AT_A_TIME -> silent == 1
                    && foreign == 0
                    && seen.sawAny(Actor.CLIENT_1, Kind.ANSWERED)
                    && seen.sawAny(Actor.CLIENT_2, Kind.ANSWERED);
            case MULTI -> seen.sawAny(Actor.SERVER, Kind.LISTENING)
                    && seen.sawAny(Actor.SERVER, Kind.QUEUED)
                    && seen.count(Actor.SERVER, Kind.TAKEN) == 2
                    && seen.count(Actor.CLIENT_1, Kind.ANSWERED) == Play.ROUNDS
                    && seen.count(Actor.CLIENT_2, Kind.ANSWERED) == Play.ROUNDS
                    && foreign + silent == 0;
        };
    }

    private static long clients(Observations seen, Kind kind) {
        return seen.count(Actor.CLIENT_1, kind) + seen.count(Actor.CLIENT_2, kind);
    }
}

package dev.berth.cli.bench;

/**
 * When the messages of one connection are due: those of all connections together follow each other evenly.
 *
 * @param start when the first connection's first message is due
 * @param rate messages a second over all connections
 * @param connections how many share them
 * @param number which of them this is, from 0
 */
record Pacing(long start, int rate, int connections, int number) {
    private static final long SECOND = 1_000_000_000;

    /** When the connection's message of this number is due. */
    long due(long message) {
        long inAll = number + message * connections;
        // In two parts: a day of a fast run times a thousand million does not fit.
        return start + inAll / rate * SECOND + inAll % rate * SECOND / rate;
    }

    /** How many messages from this number on are due before that time. */
    long dueBefore(long until, long message) {
        double perNano = (double) rate / connections / SECOND;
        return Math.max(0, (long) Math.ceil((until - due(message)) * perNano));
    }
}

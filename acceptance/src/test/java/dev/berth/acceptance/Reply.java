package dev.berth.acceptance;

/**
 * One reply as a client saw it.
 *
 * @param receiver the client that received it
 * @param sender the client whose message it answers
 * @param sequence which of the sender's messages it answers
 * @param at when it was received, by {@link System#nanoTime}
 */
record Reply(int receiver, int sender, int sequence, long at) {
    private static final int SENDER_FIELD = 3;
    private static final int SEQUENCE_FIELD = 5;

    /** What client {@code sender} sends as its message {@code sequence}. */
    static String message(int sender, int sequence) {
        return "client " + sender + " message " + sequence;
    }

    /** What the servers of these tests answer. */
    static String answer(String message) {
        return "you said " + message;
    }

    /** Reads an answer to a {@link #message}. */
    static Reply parse(int receiver, String answer) {
        var fields = answer.split(" ", -1);
        return new Reply(
                receiver,
                Integer.parseInt(fields[SENDER_FIELD]),
                Integer.parseInt(fields[SEQUENCE_FIELD]),
                System.nanoTime());
    }

    boolean isMisdirected() {
        return receiver != sender;
    }
}

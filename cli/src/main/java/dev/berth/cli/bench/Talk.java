package dev.berth.cli.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;

import dev.berth.connection.Connection;

/**
 * One connection with the messages that go over it, the check of the answers, and what is measured. The connection is raw, so that
 * many messages are sent, and many answers read, at once.
 */
final class Talk {
    private final Connection<byte[]> connection;
    private final OutputStream output;
    private final Messages messages;
    private final AnswerCheck check;
    private final Tally tally;
    /** When each message under way was sent, or due, by the low bits of its number. */
    private final long[] sentAt;

    Talk(Connection<byte[]> connection, Messages messages, AnswerCheck check, Tally tally, int depth) {
        this.connection = connection;
        output = connection.output();
        this.messages = messages;
        this.check = check;
        this.tally = tally;
        sentAt = new long[Integer.highestOneBit(Math.max(1, 2 * depth - 1))];
    }

    Connection<byte[]> connection() {
        return connection;
    }

    /** Sends so many messages from this number on, which were due now or at this time. */
    void send(long first, int count, long now) throws IOException {
        for (long number = first; number < first + count; number++) {
            sentAt[(int) (number & (sentAt.length - 1))] = now;
        }
        // Before they leave: the thread that receives finds their times through this.
        tally.sent(first + count);
        messages.send(first, count, output);
    }

    /** Waits for answers beyond so many, and counts them. Returns how many there are then; it may be no more than before. */
    long receive(long answered, Window window) throws IOException {
        if (connection.receive(check) == null) {
            throw new EOFException((check.isInside() ? "inside an answer, after " : "after ") + answered + " answers");
        }
        // One look at the clock for all of them, and for what is sent after them.
        long now = System.nanoTime();
        long whole = check.whole();
        if (whole > tally.sent()) {
            throw new WrongAnswer("sent " + tally.sent() + " messages, got " + whole + " answers");
        }
        for (long number = answered; number < whole; number++) {
            tally.record(sentAt[(int) (number & (sentAt.length - 1))], now, window);
        }
        tally.answered(whole, now);
        return whole;
    }

    /** When the last answers came. */
    long receivedAt() {
        return tally.receivedAt();
    }
}

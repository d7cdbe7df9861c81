package dev.berth.cli.talking;

import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Framings;
import dev.berth.cli.output.Untrusted;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;

/**
 * One question and one answer. A server that is full may say so and end before it reads the question; so there is a short wait
 * for a first word: one that is followed by the end is a refusal, any other is a greeting, which is told and not the answer.
 *
 * @param timeout for all of it: connecting, asking and the answer
 * @param token what is said first; null for nothing
 */
public record Question(Endpoint server, Framings framings, Duration timeout, @Nullable Token token) {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(40);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(400);

    /** A word that came, or null where the stream ended. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Heard(byte @Nullable [] word) {
        static final Heard NOTHING = new Heard(new byte[0]);
    }

    /** Asks, and prints the answer. */
    public void ask(byte[] message, PrintStream out, boolean toTerminal, PrintStream err) throws Trouble {
        long started = System.nanoTime();
        try (Call call = Call.dial(server, Codec.bytes(framings.both()), timeout, token)) {
            // Connecting took one way there and back; a first word needs about as long.
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - started);
            Connection<byte[]> connection = call.connection();
            listenFirst(connection, shortest(longest(roundTrip.multipliedBy(2), SHORTEST_WAIT), LONGEST_WAIT), err);
            Duration left = timeout.minusNanos(System.nanoTime() - started);
            byte[] answer = connection.request(message, longest(left, Duration.ofMillis(1)));
            Answers.of(framings, false, out, toTerminal).print(answer);
        } catch (IOException e) {
            throw Trouble.talking(server, e);
        }
    }

    private void listenFirst(Connection<byte[]> connection, Duration wait, PrintStream err) throws IOException, Trouble {
        Heard first = listen(connection, wait);
        if (first.equals(Heard.NOTHING)) {
            return;
        }
        if (first.word() == null) {
            throw new Trouble(server + " closed the connection at once: it is full, or does not want this address");
        }
        String said = Untrusted.text(first.word());
        Heard next = listen(connection, wait);
        if (!next.equals(Heard.NOTHING) && next.word() == null) {
            throw new Trouble(server + " is busy and said: " + said);
        }
        err.println("berth: " + server + " says: " + said);
    }

    private static Heard listen(Connection<byte[]> connection, Duration wait) throws IOException {
        try {
            return new Heard(connection.receive(wait));
        } catch (SocketTimeoutException e) {
            return Heard.NOTHING;
        }
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration shortest(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}

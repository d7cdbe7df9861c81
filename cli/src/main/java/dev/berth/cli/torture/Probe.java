package dev.berth.cli.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.talking.Call;
import dev.berth.cli.talking.Trouble;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;

/**
 * One visit of the victim: connects, asks, takes the answer, leaves. Without a question it only connects.
 *
 * @param took how long that took
 * @param trouble what went wrong; null if nothing did
 * @param answer what was answered; null where nothing was
 */
record Probe(Duration took, @Nullable String trouble, @Nullable ByteBuffer answer) {

    /** Visits, for so long at most. */
    static Probe visit(Endpoint server, Speech speech, Duration patience) {
        long begun = System.nanoTime();
        byte[] question = speech.question();
        try (Call call = Call.dial(server, Codec.bytes(speech.framings().both()), patience, speech.token())) {
            Connection<byte[]> connection = call.connection();
            ByteBuffer answer = null;
            if (question != null) {
                Duration left = patience.minusNanos(System.nanoTime() - begun);
                answer = ByteBuffer.wrap(connection.request(question, left.isPositive() ? left : Duration.ofMillis(1)));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            connection.abort();
            return new Probe(took, null, answer);
        } catch (IOException | Trouble e) {
            return new Probe(Duration.ofNanos(System.nanoTime() - begun), String.valueOf(e.getMessage()), null);
        }
    }
}

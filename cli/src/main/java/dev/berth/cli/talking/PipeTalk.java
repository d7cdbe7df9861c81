package dev.berth.cli.talking;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Framings;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;

/**
 * Talks in a pipe: every line of the input is a message (raw: the bytes as they come; hex: the bytes it says), every answer is printed. At the end of the
 * input the sending half ends, and answers are printed until the server ends too.
 *
 * <p>The present thread receives; the input is read, and sent, by a platform thread of its own.
 */
public final class PipeTalk {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** How far the input has come. */
    private enum Input { OPEN, ALL_SENT, STUCK }

    private final Endpoint server;
    private final Framings framings;
    private final Codec<byte[]> codec;
    private final boolean hex;
    private final @Nullable Token token;
    private final AtomicReference<Input> input = new AtomicReference<>(Input.OPEN);
    private volatile @Nullable Trouble stuck;

    /**
     * For messages of these framings, through a codec that has them, typed and shown as text or as hex; after a token, if there is one.
     */
    public PipeTalk(Endpoint server, Framings framings, Codec<byte[]> codec, boolean hex, @Nullable Token token) {
        this.server = server;
        this.framings = framings;
        this.codec = codec;
        this.hex = hex;
        this.token = token;
    }

    /** Talks until the server ends; it failed if the input could not all be sent. */
    public void run(InputStream in, PrintStream out, boolean toTerminal) throws Trouble {
        try (Call call = Call.dial(server, codec, CONNECT_TIMEOUT, token)) {
            Thread.ofPlatform().daemon().name("berth-stdin").start(() -> send(call, in));
            Answers answers = Answers.of(framings, hex, out, toTerminal);
            for (byte[] message; (message = call.connection().receive()) != null; ) {
                answers.print(message);
                if (out.checkError()) {
                    // Whoever reads our answers has enough of them: as with any program in a pipe, that is the end.
                    call.connection().abort();
                    return;
                }
            }
        } catch (IOException e) {
            throw stuck == null ? Trouble.talking(server, e) : stuck;
        }
        if (stuck != null) {
            throw stuck;
        }
        if (input.get() != Input.ALL_SENT) {
            throw new Trouble(server + " closed the connection before all of the input was sent");
        }
    }

    private void send(Call call, InputStream in) {
        Connection<byte[]> connection = call.connection();
        try (InputMessages messages = new InputMessages(in, framings, hex)) {
            for (byte[] message; (message = messages.next()) != null; ) {
                connection.send(message);
            }
            input.set(Input.ALL_SENT);
            call.endSending();
        } catch (IllegalArgumentException e) {
            stuck = new Trouble("a line of the input is no message for --frame " + framings.out().notation() + ": " + e.getMessage());
            connection.abort();
        } catch (Trouble e) {
            stuck = e;
            connection.abort();
        } catch (IOException e) {
            // The receiving side sees what happened to the connection, and tells.
            input.compareAndSet(Input.OPEN, Input.STUCK);
        }
    }
}

package dev.berth.cli.talking;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.connection.Connection;
import dev.berth.framing.Framing;

/**
 * Talks in a pipe: every line of the input is a message (raw: the bytes as they come), every answer is printed. At the end of the
 * input the sending half ends, and answers are printed until the server ends too.
 *
 * <p>The present thread receives; the input is read, and sent, by a platform thread of its own.
 */
public final class PipeTalk {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int CHUNK_BYTES = 16 << 10;

    /** How far the input has come. */
    private enum Input { OPEN, ALL_SENT, STUCK }

    private final Endpoint server;
    private final Framing framing;
    private final AtomicReference<Input> input = new AtomicReference<>(Input.OPEN);
    private volatile @Nullable Trouble stuck;

    /** For messages of this framing. */
    public PipeTalk(Endpoint server, Framing framing) {
        this.server = server;
        this.framing = framing;
    }

    /** Talks until the server ends; it failed if the input could not all be sent. */
    public void run(InputStream in, PrintStream out, boolean toTerminal) throws Trouble {
        try (Call call = Call.dial(server, framing, CONNECT_TIMEOUT)) {
            Thread.ofPlatform().daemon().name("berth-stdin").start(() -> send(call, in));
            Answers answers = Answers.of(framing, out, toTerminal);
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
        try (BufferedInputStream buffered = new BufferedInputStream(in, CHUNK_BYTES)) {
            boolean raw = framing.notation().equals(Framing.raw().notation());
            for (byte[] message; (message = raw ? chunk(buffered) : line(buffered)) != null; ) {
                connection.send(message);
            }
            input.set(Input.ALL_SENT);
            call.endSending();
        } catch (IllegalArgumentException e) {
            stuck = new Trouble("a line of the input is no message for --frame " + framing.notation() + ": " + e.getMessage());
            connection.abort();
        } catch (IOException e) {
            // The receiving side sees what happened to the connection, and tells.
            input.compareAndSet(Input.OPEN, Input.STUCK);
        }
    }

    private static byte @Nullable [] chunk(InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        int size = in.read(chunk);
        return size < 0 ? null : Arrays.copyOf(chunk, size);
    }

    /** The next line without its end, LF or CRLF; null at the end of the input. The last line needs no end. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        byte[] bytes = line.toByteArray();
        boolean carriage = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriage ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }
}

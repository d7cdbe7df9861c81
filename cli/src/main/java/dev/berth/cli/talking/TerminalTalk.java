package dev.berth.cli.talking;

import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Framings;
import dev.berth.cli.args.HexText;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;

/**
 * Talks with a person at a terminal: lines are edited, with a history, and answers appear above the line being typed.
 *
 * <p>The present thread reads the terminal and sends; a platform thread listens.
 */
public final class TerminalTalk {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);
    private static final Duration LOOK_UP = Duration.ofMillis(500);

    private final Endpoint server;
    private final Framings framings;
    private final Codec<byte[]> codec;
    private final boolean hex;
    private final @Nullable Token token;
    private final SilenceHint hint = new SilenceHint(System::nanoTime);
    private volatile boolean serverEnded;
    private volatile @Nullable Trouble trouble;

    /**
     * For messages of these framings, through a codec that has them, typed and shown as text or as hex; after a token, if there is one.
     */
    public TerminalTalk(Endpoint server, Framings framings, Codec<byte[]> codec, boolean hex, @Nullable Token token) {
        this.server = server;
        this.framings = framings;
        this.codec = codec;
        this.hex = hex;
        this.token = token;
    }

    /** Talks until one side has enough: Ctrl-D, Ctrl-C, or the server's end. */
    public void run(PrintStream err) throws Trouble {
        try (Call call = Call.dial(server, codec, CONNECT_TIMEOUT, token);
                Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    // "!" is a letter of the message, not a look into the history.
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            reader.printAbove("connected to " + server + ", " + framings.options() + "; Ctrl-D ends");
            Thread typing = Thread.currentThread();
            Thread listener = Thread.ofPlatform().daemon().name("berth-listen").start(() -> listen(call.connection(), reader, typing));
            type(call, reader, listener);
        } catch (IOException e) {
            throw Trouble.talking(server, e);
        }
        if (trouble != null) {
            throw trouble;
        }
        if (serverEnded) {
            err.println("berth: " + server + " closed the connection");
        }
    }

    private void type(Call call, LineReader reader, Thread listener) throws IOException {
        try {
            while (!serverEnded) {
                String line = reader.readLine("> ");
                send(call.connection(), line, reader);
            }
        } catch (EndOfFileException ctrlD) {
            call.endSending();
            awaitLastAnswers(listener);
        } catch (UserInterruptException ctrlC) {
            // Ctrl-C, or the listener's interrupt after the server's end: either way there is nothing more to type.
            call.connection().abort();
        }
    }

    private void send(Connection<byte[]> connection, String line, LineReader reader) throws IOException {
        try {
            Optional<byte[]> message = hex ? HexText.parse(line) : Optional.of(line.getBytes(StandardCharsets.UTF_8));
            if (message.isPresent()) {
                connection.send(message.get());
                connection.flush();
                hint.sent();
            }
        } catch (IllegalArgumentException e) {
            reader.printAbove("not sent: " + e.getMessage());
        }
    }

    private void listen(Connection<byte[]> connection, LineReader reader, Thread typing) {
        Answers answers = Answers.of(framings, hex, System.out, true);
        try {
            for (byte[] message; (message = next(connection, reader)) != null; ) {
                hint.heard();
                reader.printAbove(answers.shown(message));
            }
            serverEnded = true;
        } catch (IOException e) {
            if (connection.isOpen()) {
                trouble = Trouble.talking(server, e);
            }
        }
        typing.interrupt();
    }

    private byte @Nullable [] next(Connection<byte[]> connection, LineReader reader) throws IOException {
        while (hint.isPending()) {
            try {
                return connection.receive(LOOK_UP);
            } catch (SocketTimeoutException silence) {
                if (hint.isDue()) {
                    reader.printAbove(framings.isRawOut() ? SilenceHint.RAW_TEXT : SilenceHint.TEXT);
                }
            }
        }
        return connection.receive();
    }

    private static void awaitLastAnswers(Thread listener) {
        try {
            listener.join(LAST_ANSWERS);
        } catch (InterruptedException e) {
            // The listener says that it is done.
        }
    }
}

package dev.berth.cli.bench;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.talking.Call;
import dev.berth.cli.talking.Trouble;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;

/**
 * One connection of a run: connects, waits for the others, exchanges messages, and says how it ended. Runs on a thread of its own;
 * the run's thread looks after it with {@link #watch}.
 */
final class Caller implements Runnable {
    /** What a receive buffer of the usual size holds (Linux: half of 128 KiB), for {@link Alternating}. */
    private static final int SURE_ROOM_BYTES = 64 << 10;

    private final Load load;
    private final Messages messages;
    private final StartLine startLine;
    private final int number;
    private final Tally tally = new Tally();
    private volatile @Nullable Connection<byte[]> connection;
    private volatile @Nullable Exchange exchange;
    private volatile boolean timedOut;
    private volatile boolean cancelled;
    private @Nullable Failure failure;

    // Of the run's thread.
    private long answeredBefore;
    private long quietSince = System.nanoTime();

    Caller(Load load, Messages messages, StartLine startLine, int number) {
        this.load = load;
        this.messages = messages;
        this.startLine = startLine;
        this.number = number;
    }

    /** What was measured; to be read once its thread has ended, but for the two counts. */
    Tally tally() {
        return tally;
    }

    /** Why it did not do its part; to be read once its thread has ended, or after it failed to connect. */
    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void run() {
        try {
            Connection<byte[]> opened = connect();
            if (opened == null) {
                return;
            }
            try {
                Optional<Window> window = startLine.await();
                if (window.isPresent()) {
                    exchange(opened, window.get());
                }
            } finally {
                opened.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Connection<byte[]> connect() throws InterruptedException {
        try {
            Call call = Call.dial(load.server(), Codec.bytes(load.framings().both()), startLine.turn(), load.token());
            Connection<byte[]> opened = call.connection().switchTo(Codec.bytes(Framing.raw()));
            connection = opened;
            return opened;
        } catch (Trouble e) {
            failure = new Failure(Failure.Kind.NOT_CONNECTED, String.valueOf(e.getMessage()));
            return null;
        } finally {
            startLine.connected();
        }
    }

    private void exchange(Connection<byte[]> opened, Window window) throws InterruptedException {
        AnswerCheck check = new AnswerCheck(messages, load.framings());
        Exchange chosen = exchange(new Talk(opened, messages, check, tally, load.traffic().depth()), window);
        exchange = chosen;
        try {
            chosen.run();
        } catch (IOException e) {
            if (!cancelled) {
                failure = failure(e);
            }
        }
    }

    private Exchange exchange(Talk talk, Window window) {
        Traffic traffic = load.traffic();
        int depth = traffic.depth();
        if (traffic.rate().isEmpty() && (long) depth * messages.wireBytes() <= SURE_ROOM_BYTES) {
            return new Alternating(talk, depth, window);
        }
        Pacing pacing = traffic.rate().isEmpty()
                ? null
                : new Pacing(window.start(), traffic.rate().getAsInt(), traffic.connections(), number);
        return new Streaming(talk, depth, window, pacing, load.timing().timeout());
    }

    private Failure failure(IOException error) {
        String text = String.valueOf(error.getMessage());
        if (timedOut) {
            return new Failure(Failure.Kind.TIMED_OUT, "after " + tally.answered() + " answers");
        }
        return switch (error) {
            case WrongAnswer _ -> new Failure(Failure.Kind.WRONG_ANSWER, text);
            case FramingException _ -> new Failure(Failure.Kind.WRONG_ANSWER, text);
            case EOFException _ -> new Failure(Failure.Kind.CLOSED, text);
            case RateNotReached _ -> new Failure(Failure.Kind.UNSENT, text);
            default -> new Failure(Failure.Kind.BROKEN, text);
        };
    }

    /** Ends it if it has waited for an answer for too long. */
    void watch(long now) {
        long answered = tally.answered();
        if (answered != answeredBefore || answered == tally.sent()) {
            answeredBefore = answered;
            quietSince = now;
        } else if (now - quietSince > load.timing().timeout().toNanos()) {
            timedOut = true;
            abort();
        }
    }

    /** Says that the window was shortened. */
    void hurry() {
        Exchange running = exchange;
        if (running != null) {
            running.hurry();
        }
    }

    /** Ends it now, which is no failure of its own. */
    void cancel() {
        cancelled = true;
        abort();
    }

    private void abort() {
        Connection<byte[]> opened = connection;
        if (opened != null) {
            opened.abort();
        }
    }
}

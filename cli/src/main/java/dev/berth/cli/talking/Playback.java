package dev.berth.cli.talking;

import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.HexText;
import dev.berth.cli.session.Session;
import dev.berth.cli.session.Step;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;

/**
 * Plays the client's side of a session and compares what the server answers.
 *
 * <p>The present thread receives; a platform thread sends, each message when its time has come and the answers before it are there.
 */
public final class Playback {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MORE_ANSWERS = Duration.ofMillis(500);

    private final Endpoint server;
    private final Session session;
    private final boolean fast;
    private final Duration patience;
    private final @Nullable Token token;
    private final Semaphore answered = new Semaphore(0);
    private volatile long began;
    /** What is shown for an answer that did not come; belongs to the listening thread. */
    private String silence = "nothing: the server closed the connection";
    private volatile @Nullable IOException unsent;

    /** What came of it. */
    public record Result(int answers, int different) {}

    /**
     * Plays at the session's pace, or as fast as answers come.
     *
     * @param patience how much later than recorded an answer may come
     * @param token what is said before; null for nothing
     */
    public Playback(Endpoint server, Session session, boolean fast, Duration patience, @Nullable Token token) {
        this.server = server;
        this.session = session;
        this.fast = fast;
        this.patience = patience;
        this.token = token;
    }

    /** Plays it once, and prints the answers that differ. */
    public Result run(PrintStream out) throws Trouble {
        try (Call call = Call.dial(server, Codec.bytes(session.framings().both()), CONNECT_TIMEOUT, token)) {
            began = System.nanoTime();
            Thread sender = Thread.ofPlatform().daemon().name("berth-replay").start(() -> send(call));
            try {
                return listen(call.connection(), sender, new Differences(out));
            } finally {
                sender.interrupt();
            }
        } catch (IOException e) {
            throw Trouble.talking(server, e);
        }
    }

    private Result listen(Connection<byte[]> connection, Thread sender, Differences differences) throws IOException, Trouble {
        HeardAnswers heard = new HeardAnswers(connection, session.framings().isRawIn());
        Duration before = Duration.ZERO;
        for (Step step : session.steps()) {
            if (!step.sent()) {
                byte[] answer = answer(heard, step, before);
                differences.compare(step, answer, silence);
                if (answer == null) {
                    return differences.endedEarly(session);
                }
                answered.release();
            }
            before = step.at();
        }
        awaitSent(sender);
        long until = System.nanoTime() + MORE_ANSWERS.toNanos();
        for (byte[] more; (more = more(heard, until)) != null; ) {
            differences.unexpected(more);
        }
        return differences.result();
    }

    private byte @Nullable [] answer(HeardAnswers heard, Step step, Duration before) throws IOException {
        Duration usual = fast ? step.at().minus(before) : left(step.at());
        try {
            return heard.next(step.message().length, usual.plus(patience));
        } catch (SocketTimeoutException e) {
            silence = "nothing in time (--timeout)";
            return null;
        }
    }

    private static byte @Nullable [] more(HeardAnswers heard, long until) throws IOException {
        try {
            long left = until - System.nanoTime();
            return left <= 0 ? null : heard.next(HeardAnswers.ALL, Duration.ofNanos(left));
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    private void awaitSent(Thread sender) throws IOException, Trouble {
        Duration usual = fast ? Duration.ZERO : left(session.steps().getLast().at());
        try {
            if (!sender.join(usual.plus(patience))) {
                throw new Trouble(server + " does not read: not every message could be sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("the replay was interrupted");
        }
        if (unsent != null) {
            throw unsent;
        }
    }

    private void send(Call call) {
        try {
            for (Step step : session.steps()) {
                if (step.sent()) {
                    if (!fast) {
                        Thread.sleep(left(step.at()));
                    }
                    call.connection().send(step.message());
                    call.connection().flush();
                } else {
                    answered.acquire();
                }
            }
            call.endSending();
        } catch (InterruptedException e) {
            // The listening side has enough.
        } catch (IOException e) {
            unsent = e;
        }
    }

    /** How long it is until then; nothing if it was before. */
    private Duration left(Duration at) {
        Duration left = at.minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Counts and prints what is not as recorded. */
    private static final class Differences {
        private final PrintStream out;
        private int answers;
        private int different;

        Differences(PrintStream out) {
            this.out = out;
        }

        void compare(Step expected, byte @Nullable [] got, String silence) {
            answers++;
            if (!Arrays.equals(expected.message(), got)) {
                print("line " + expected.line(), HexText.shown(expected.message()), got == null ? silence : HexText.shown(got));
            }
        }

        void unexpected(byte[] got) {
            answers++;
            print("after the last line", "nothing", HexText.shown(got));
        }

        /** The answers that can't come any more are different too. */
        Result endedEarly(Session session) {
            int recorded = (int) session.steps().stream().filter(step -> !step.sent()).count();
            return new Result(recorded, different + recorded - answers);
        }

        Result result() {
            return new Result(answers, different);
        }

        private void print(String where, String expected, String got) {
            different++;
            out.println(where);
            out.println("  expected  " + expected);
            out.println("  got       " + got);
            out.flush();
        }
    }
}

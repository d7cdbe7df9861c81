package dev.berth.cli.serving;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import dev.berth.server.Closed;
import dev.berth.transport.CloseReason;

/**
 * Which lines about clients are written however many there are, so that nobody fills the log: of clients that are refused, that wait,
 * that can't be served or are not let in one in ten seconds, of those that end by a fault ten for each reason. The others are counted,
 * and their number is told.
 *
 * <p>Thread-safe.
 */
final class Floods {
    /** Whoever writes a handler or a client wants to see each of its errors; whoever runs it does not want to see a million. */
    private static final int FAULTS_IN_FULL = 10;

    private final LongSupplier nanoTime;
    private final FloodGate troubles;
    private final FloodGate waits;
    private final FloodGate refusals;
    private final FloodGate strangers;
    private final Map<CloseReason, FloodGate> faults = new ConcurrentSkipListMap<>();

    Floods(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        troubles = new FloodGate(nanoTime);
        waits = new FloodGate(nanoTime);
        refusals = new FloodGate(nanoTime);
        strangers = new FloodGate(nanoTime);
    }

    /** Whether one that can't be served gets a line. */
    boolean passesTrouble(String what) {
        return troubles.passes(what);
    }

    /** Whether one that has to wait gets a line. */
    boolean passesWaiting() {
        return waits.passes("in the queue");
    }

    /** Whether one that is refused gets a line. */
    boolean passesRefused(String why) {
        return refusals.passes(why);
    }

    /** Whether one that ended gets a line. After an ordinary end it does, as it did when it came. */
    boolean passesClosed(Closed closed) {
        String kind = closed.reason().text();
        return switch (closed.reason()) {
            case AUTH_FAILED, AUTH_TIMEOUT -> strangers.passes(kind);
            case HANDLER_ERROR -> passesFault(closed.reason(), kind + cause(closed));
            case TRUNCATED, FRAME_TOO_LARGE, BAD_FRAME, SLOW_READER, WRITE_TIMEOUT, FIRST_BYTE_TIMEOUT, FRAME_TIMEOUT, IDLE_TIMEOUT ->
                passesFault(closed.reason(), kind);
            case PEER_CLOSED, PEER_RESET, COMPLETED, MAX_AGE, INTERRUPTED, CLOSED_BY_ADMIN, REPLACED, DRAINED, SERVER_CLOSED, ABORTED,
                    IO_ERROR -> true;
        };
    }

    private boolean passesFault(CloseReason reason, String kind) {
        return faults.computeIfAbsent(reason, _ -> new FloodGate(nanoTime, FAULTS_IN_FULL)).passes(kind);
    }

    private static String cause(Closed closed) {
        Throwable cause = closed.cause();
        return cause == null ? "" : " (" + cause.getClass().getName() + ")";
    }

    /** Tells what was held back for ten seconds: the name of the event that it was, and a line. */
    void tellOverdue(BiConsumer<String, String> told) {
        tell(FloodGate::overdue, told);
    }

    /** Tells what is still held back, whatever the time. */
    void tellRest(BiConsumer<String, String> told) {
        tell(FloodGate::rest, told);
    }

    private void tell(Function<FloodGate, String> count, BiConsumer<String, String> told) {
        tell("trouble", "clients not served", count.apply(troubles), told);
        tell("waiting", "clients that had to wait", count.apply(waits), told);
        tell("refused", "clients refused", count.apply(refusals), told);
        tell("closed", "clients not let in", count.apply(strangers), told);
        faults.values().forEach(gate -> tell("closed", "clients closed", count.apply(gate), told));
    }

    private static void tell(String event, String who, String counted, BiConsumer<String, String> told) {
        if (!counted.isEmpty()) {
            told.accept(event, who + " since the last line: " + counted);
        }
    }
}

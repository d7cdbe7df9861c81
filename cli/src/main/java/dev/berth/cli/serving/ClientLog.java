package dev.berth.cli.serving;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

import dev.berth.cli.args.Durations;
import dev.berth.connection.Connection;
import dev.berth.framing.FramingException;
import dev.berth.server.Closed;
import dev.berth.server.RefuseReason;
import dev.berth.server.ServerEvents;
import dev.berth.transport.CloseReason;
import dev.berth.transport.Endpoints;

/**
 * One line for each client that comes and one for each that goes, with the reason.
 *
 * <p>A client is announced when it says its first word, or when it has been here for a second: one that goes before without a
 * byte is a probe (a health check, a port scan), which is counted, not logged. In a flood, what {@link Floods} says is counted too.
 *
 * <p>Thread-safe.
 */
public final class ClientLog implements ServerEvents {
    private static final long SILENCE_NANOS = Duration.ofSeconds(1).toNanos();

    /** What a client's line counts. */
    public enum Unit {
        /** Messages. */
        FRAMES,
        /** Bytes, where nobody knows of messages. */
        BYTES
    }

    private record Unannounced(InetSocketAddress peer, long since) {}

    private final Logger log;
    private final String listener;
    private final UnaryOperator<String> limits;
    private final Unit unit;
    private final LongSupplier nanoTime;
    private final Map<Long, Unannounced> unannounced = new ConcurrentHashMap<>();
    private final Map<Long, String> remarks = new ConcurrentHashMap<>();
    private final Floods floods;
    private final LongAdder probes = new LongAdder();

    /**
     * Whose lines they are.
     *
     * @param log where they go
     * @param listener its name; empty where it has none
     * @param limits the limit in time that an option has, as text; empty where it is none
     */
    public record Place(Logger log, String listener, UnaryOperator<String> limits) {}

    /** Writes lines of this place; the clock counts nanoseconds. */
    public ClientLog(Place place, Unit unit, LongSupplier nanoTime) {
        log = place.log();
        listener = place.listener();
        limits = place.limits();
        this.unit = unit;
        this.nanoTime = nanoTime;
        floods = new Floods(nanoTime);
    }

    @Override
    public void opened(Connection<?> client) {
        unannounced.put(client.id(), new Unannounced(client.remoteAddress(), nanoTime.getAsLong()));
    }

    /** A client said its first word. */
    public void spoke(long id) {
        announce(id);
    }

    /** What a client's program says beside its answers: a line, escaped already. */
    public void stderr(Connection<?> client, String line) {
        announce(client.id());
        about("stderr", client.id(), client.remoteAddress()).log(name(client.id(), client.remoteAddress()) + " stderr: " + line);
    }

    /** Adds something to the line that a client's end will have. */
    public void remark(long id, String remark) {
        remarks.merge(id, remark, (before, more) -> before + ", " + more);
    }

    /** A client can't be served; in a flood, clients in the same trouble share a line. */
    public void trouble(Connection<?> client, String what, @Nullable String why) {
        if (floods.passesTrouble(what)) {
            about("trouble", client.id(), client.remoteAddress())
                    .log(name(client.id(), client.remoteAddress()) + " " + what + ": " + why);
        }
    }

    /** Something that is worth a thought, and no client's fault. */
    public void hint(String hint) {
        event(log.atInfo(), "hint").log(said("hint: ") + hint);
    }

    /** Something is wrong that concerns no single client. */
    public void warn(String what) {
        event(log.atWarn(), "warning").log(said(what));
    }

    /** Announces who has been silent for a second, and tells what was held back in a flood. To be called twice a second or so. */
    public void sweep() {
        long now = nanoTime.getAsLong();
        unannounced.forEach((id, client) -> {
            if (now - client.since() >= SILENCE_NANOS) {
                announce(id);
            }
        });
        floods.tellOverdue(this::tellCounted);
    }

    /** Tells what is still held back. */
    public void finish() {
        floods.tellRest(this::tellCounted);
    }

    /** How many clients went without a byte before they were announced. */
    public long probes() {
        return probes.sum();
    }

    @Override
    public void closed(Closed closed) {
        String remark = remarks.remove(closed.id());
        if (isSilent(closed) && unannounced.remove(closed.id()) != null) {
            probes.increment();
            return;
        }
        if (!floods.passesClosed(closed)) {
            unannounced.remove(closed.id());
            return;
        }
        announce(closed.id());
        about("closed", closed.id(), closed.peer())
                .addKeyValue("reason", closed.reason())
                .addKeyValue("bytesIn", closed.bytesIn())
                .addKeyValue("bytesOut", closed.bytesOut())
                .addKeyValue("framesIn", closed.framesIn())
                .addKeyValue("framesOut", closed.framesOut())
                .addKeyValue("seconds", closed.lasted().toMillis() / 1000.0)
                .log(name(closed.id(), closed.peer()) + " closed: " + why(closed.reason(), closed.cause())
                        + (remark == null ? "" : ", " + remark) + ", " + counts(closed) + ", " + Durations.text(closed.lasted()));
    }

    /** Whether nothing happened that is worth a line: a handler that failed at once is. */
    private static boolean isSilent(Closed closed) {
        return closed.bytesIn() == 0 && closed.bytesOut() == 0 && closed.reason() != CloseReason.HANDLER_ERROR;
    }

    private String counts(Closed closed) {
        String unsent = closed.framesUnsent() == 0 ? "" : ", " + closed.framesUnsent() + " unsent";
        return switch (unit) {
            case FRAMES -> closed.framesIn() + (closed.framesIn() == 1 ? " frame in, " : " frames in, ") + closed.framesOut() + " out"
                    + unsent;
            case BYTES -> closed.bytesIn() + (closed.bytesIn() == 1 ? " byte in, " : " bytes in, ") + closed.bytesOut() + " out";
        };
    }

    @Override
    public void waiting(long id, InetSocketAddress peer, int position) {
        if (floods.passesWaiting()) {
            about("waiting", id, peer)
                    .addKeyValue("position", position)
                    .log(name(id, peer) + " waits for a place, as number " + position);
        }
    }

    @Override
    public void refused(long id, InetSocketAddress peer, RefuseReason reason) {
        String why = withOption(reason.text(), reason.option());
        if (floods.passesRefused(why)) {
            about("refused", id, peer).addKeyValue("reason", reason).log(name(id, peer) + " refused: " + why);
        }
    }

    @Override
    public void acceptFailed(IOException error, long failures, Duration pause) {
        event(log.atWarn(), "acceptFailed")
                .addKeyValue("failures", failures)
                .log(said("accepting failed: ") + error.getMessage() + "; goes on after " + pause.toMillis() + " ms"
                        + (failures > 1 ? " (" + failures + " times)" : ""));
    }

    @Override
    public void starved(Duration waited, boolean relieved) {
        event(log.atWarn(), "starved")
                .addKeyValue("millis", waited.toMillis())
                .log(said("clients waited ") + waited.toMillis() + " ms: as many handlers as there are processors, or more,"
                        + " compute without end or block their carrier; "
                        + (relieved ? "threads were added, and the others are served again"
                                : "no more threads can be added, and the others wait (a thread dump shows where the handlers are)"));
    }

    @Override
    public void abandoned(long id, InetSocketAddress peer, List<StackTraceElement> stack) {
        String where = stack.stream().limit(5).map(StackTraceElement::toString).collect(Collectors.joining(" < "));
        event(log.atWarn(), "abandoned")
                .addKeyValue("client", id)
                .log(name(id, peer) + " is abandoned: its handler has not returned; it is at " + where);
    }

    private void announce(long id) {
        Unannounced client = unannounced.remove(id);
        if (client != null) {
            about("connected", id, client.peer()).log(name(id, client.peer()) + " connected");
        }
    }

    private void tellCounted(String event, String text) {
        event(log.atInfo(), event).log(said(text));
    }

    private LoggingEventBuilder about(String event, long id, InetSocketAddress peer) {
        return event(log.atInfo(), event)
                .addKeyValue("client", id)
                .addKeyValue("peer", Endpoints.text(peer));
    }

    private LoggingEventBuilder event(LoggingEventBuilder line, String event) {
        LoggingEventBuilder named = line.addKeyValue("event", event);
        return listener.isEmpty() ? named : named.addKeyValue("listener", listener);
    }

    private String said(String text) {
        return listener.isEmpty() ? text : listener + " " + text;
    }

    private String name(long id, InetSocketAddress peer) {
        return said("#") + id + " " + Endpoints.text(peer);
    }

    /** The reason; with the error's own words where they say more, which name the option themselves. */
    private String why(CloseReason reason, @Nullable Throwable cause) {
        return switch (cause) {
            case FramingException bad -> reason.text() + ": " + bad.getMessage();
            case null -> withOption(reason.text(), reason.option());
            default -> reason == CloseReason.HANDLER_ERROR
                    ? reason.text() + ": " + OwnFrame.describe(cause)
                    : withOption(reason.text(), reason.option());
        };
    }

    private String withOption(String text, String option) {
        String limit = limits.apply(option);
        if (!limit.isEmpty()) {
            return text + " (" + option + " " + limit + "; longer, or off)";
        }
        return option.isEmpty() ? text : text + " (" + option + ")";
    }
}

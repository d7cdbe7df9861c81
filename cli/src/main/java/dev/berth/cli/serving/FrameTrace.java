package dev.berth.cli.serving;

import java.net.InetAddress;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

import dev.berth.cli.output.LineQueue;
import dev.berth.cli.output.Untrusted;
import dev.berth.connection.Connection;
import dev.berth.connection.FrameTap;
import dev.berth.framing.FrameView;
import dev.berth.transport.Endpoints;

/**
 * One line for each frame: time, client, direction, size, and the first 64 bytes. What came in is shown without its framing,
 * what goes out as it is on the wire.
 *
 * <p>Thread-safe.
 */
public final class FrameTrace implements FrameTap {
    private static final int SHOWN_BYTES = 64;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final TraceOption option;
    private final String listener;
    private final LineQueue lines;
    private final Clock clock;

    /** Traces what the option asks for, with the listener's name where it has one. */
    public FrameTrace(TraceOption option, String listener, LineQueue lines, Clock clock) {
        this.option = option;
        this.listener = listener.isEmpty() ? "" : listener + " ";
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public void received(Connection<?> connection, FrameView frame) {
        trace(connection, "in ", frame);
    }

    @Override
    public void sent(Connection<?> connection, FrameView frame) {
        trace(connection, "out", frame);
    }

    @Override
    public void withheld(Connection<?> connection, int bytes) {
        if (isAskedFor(connection)) {
            add(connection, "in ", bytes, "not shown: said before authentication");
        }
    }

    @Override
    public void unparsed(Connection<?> connection, FrameView leftOver) {
        trace(connection, "left over", leftOver);
    }

    private void trace(Connection<?> connection, String direction, FrameView frame) {
        if (!isAskedFor(connection)) {
            return;
        }
        byte[] shown = new byte[Math.min(SHOWN_BYTES, frame.length())];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = frame.get(i);
        }
        String text = Untrusted.text(shown) + (shown.length < frame.length() ? "..." : "");
        String digits = option.hex() ? Untrusted.hex(shown) + "  " : "";
        add(connection, direction, frame.length(), digits + text);
    }

    private boolean isAskedFor(Connection<?> connection) {
        InetAddress peer = connection.remoteAddress().getAddress();
        return option.client().isEmpty() || option.client().get().equals(peer);
    }

    private void add(Connection<?> connection, String direction, int bytes, String text) {
        lines.add(TIME.format(LocalTime.now(clock)) + " " + listener + "#" + connection.id() + " " + Endpoints.text(connection.remoteAddress()) + " "
                + direction + " " + bytes + (bytes == 1 ? " byte   " : " bytes  ") + text);
    }
}

package dev.berth.cli.output;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;

/** A line of the log for people: the time of day and the message; the command's own words begin with {@code berth:} instead. */
final class TextLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final String command;

    /** Lines of the logger of this name are the command's own words. */
    TextLayout(String command) {
        this.command = command;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String start = event.getLoggerName().equals(command) ? "berth: " : TIME.format(event.getInstant()) + " ";
        return start + Untrusted.line(event.getFormattedMessage());
    }
}

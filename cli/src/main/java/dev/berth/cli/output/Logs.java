package dev.berth.cli.output;

import java.io.OutputStream;
import java.nio.charset.Charset;

import org.slf4j.Logger;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.Layout;

/**
 * The command's log: SLF4J in front, Logback behind, lines on one stream. Not the process-wide one, so nothing is looked up or
 * configured when the command starts, and each run in one process has its own.
 *
 * <p>Thread-safe. Closing twice is harmless.
 */
public final class Logs implements AutoCloseable {
    /** The logger whose lines are the command's own words. */
    private static final String COMMAND = "berth";

    private static final String CLIENTS = "berth.clients";

    private final LoggerContext context = new LoggerContext();
    private final LineQueue lines;

    /** Logs to this stream, which stays open. */
    public Logs(OutputStream stream, Charset charset, LogFormat format) {
        lines = new LineQueue("log", stream, charset);
        Layout<ILoggingEvent> layout = switch (format) {
            case TEXT -> new TextLayout(COMMAND);
            case JSON -> new JsonLayout();
        };
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(layout.doLayout(event));
            }
        };
        appender.setContext(context);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    /** For what the command itself has to say: without a time in text. */
    public Logger command() {
        return context.getLogger(COMMAND);
    }

    /** For what happens to clients. */
    public Logger clients() {
        return context.getLogger(CLIENTS);
    }

    @Override
    public void close() {
        context.stop();
        lines.close();
    }
}

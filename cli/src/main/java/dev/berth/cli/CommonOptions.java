package dev.berth.cli;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.output.LogFormat;
import dev.berth.cli.serving.TraceOption;

import picocli.CommandLine.Option;

/** The settings of {@code serve} that all its listeners have in common. */
final class CommonOptions {
    @Option(names = "--drain-timeout", paramLabel = "DURATION", defaultValue = "25s",
            description = "How long Ctrl-C lets clients finish (default: ${DEFAULT-VALUE}).")
    private Duration drainTimeout = Duration.ZERO;

    @Option(names = "--log-format", paramLabel = "FORMAT", defaultValue = "text",
            description = "How lines on stderr look: text (default) or json.")
    private LogFormat logFormat = LogFormat.TEXT;

    @Option(names = "--trace", paramLabel = "HOW", description = {
        "One line on stdout for each frame: hex (digits and text) or text; hex,client=10.0.0.7 for one client."
    })
    private @Nullable TraceOption trace;

    /** How long clients may finish. */
    Duration drainTimeout() {
        return drainTimeout;
    }

    /** How lines of the log look. */
    LogFormat logFormat() {
        return logFormat;
    }

    /** What is shown of each frame; null for nothing. */
    @Nullable TraceOption trace() {
        return trace;
    }
}

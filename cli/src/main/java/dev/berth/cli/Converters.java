package dev.berth.cli;

import java.time.Duration;

import dev.berth.cli.args.Durations;
import dev.berth.cli.args.Heartbeats;
import dev.berth.cli.args.Numbers;
import dev.berth.cli.args.Switches;
import dev.berth.cli.args.Words;
import dev.berth.cli.demo.Architecture;
import dev.berth.cli.output.LogFormat;
import dev.berth.cli.serving.TraceOption;
import dev.berth.server.Profile;
import dev.berth.server.WhenFull;

import picocli.CommandLine;

/** How the values of options are read, by their types. */
final class Converters {
    private Converters() {}

    /** Teaches a parser, and returns it. */
    static CommandLine register(CommandLine parser) {
        return parser.registerConverter(Duration.class, new Durations())
                .registerConverter(int.class, new Numbers())
                .registerConverter(Integer.class, new Numbers())
                .registerConverter(boolean.class, new Switches())
                .registerConverter(HandlerChoice.class, new HandlerChoice.Converter())
                .registerConverter(Profile.class, new Words<>(Profile.class))
                .registerConverter(Heartbeats.class, new Heartbeats.Converter())
                .registerConverter(WhenFull.class, new Words<>(WhenFull.class))
                .registerConverter(Architecture.class, new Words<>(Architecture.class))
                .registerConverter(LogFormat.class, new Words<>(LogFormat.class))
                .registerConverter(TraceOption.class, new TraceOption.Converter());
    }
}

package dev.berth.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;

import dev.berth.cli.args.Durations;
import dev.berth.cli.args.Words;
import dev.berth.cli.demo.Architecture;
import dev.berth.cli.output.LogFormat;
import dev.berth.cli.serving.TraceOption;
import dev.berth.server.WhenFull;

import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Starts the command. */
public final class Main {
    private static final int HELP_WIDTH = 100;

    private Main() {}

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Console.ofProcess(), args));
    }

    /** Runs one verb in this process and returns its exit code. */
    static int run(Console console, String... args) {
        try {
            // Without a verb there is nothing to do but show the verbs.
            return command(console).execute(args.length == 0 ? new String[] {"--help"} : args);
        } catch (Throwable e) {
            return OneLineErrors.failed(writer(console.err()), OneLineErrors.bug(e));
        }
    }

    private static CommandLine command(Console console) {
        CommandLine command = new CommandLine(new Berth())
                .addSubcommand(new Serve(console))
                .addSubcommand(new Run(console))
                .addSubcommand(new Connect(console))
                .addSubcommand(new Send(console))
                .addSubcommand(new Replay(console))
                .addSubcommand(new Demo(console))
                .addSubcommand(new Frames(console));
        OneLineErrors errors = new OneLineErrors();
        command.setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                // A message is a message, whatever it begins with: "send :8080 @home" does not read the file "home".
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH)
                .registerConverter(Duration.class, new Durations())
                .registerConverter(HandlerChoice.class, new HandlerChoice.Converter())
                .registerConverter(WhenFull.class, new Words<>(WhenFull.class))
                .registerConverter(Architecture.class, new Words<>(Architecture.class))
                .registerConverter(LogFormat.class, new Words<>(LogFormat.class))
                .registerConverter(TraceOption.class, new TraceOption.Converter());
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new VerbGroups());
        return command;
    }

    private static PrintWriter writer(PrintStream stream) {
        boolean flushingLines = true;
        return new PrintWriter(stream, flushingLines, stream.charset());
    }
}

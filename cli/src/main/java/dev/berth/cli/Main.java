package dev.berth.cli;

import java.io.PrintStream;
import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Starts the command. */
public final class Main {
    private static final int HELP_WIDTH = 80;

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
                .addSubcommand(new New(console))
                .addSubcommand(new Connect(console))
                .addSubcommand(new Send(console))
                .addSubcommand(new Replay(console))
                .addSubcommand(new Bench(console))
                .addSubcommand(new Torture(console))
                .addSubcommand(new Demo(console))
                .addSubcommand(new Frames(console));
        OneLineErrors errors = new OneLineErrors();
        command.setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                // A message is a message, whatever it begins with: "send :8080 @home" does not read the file "home".
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH);
        Converters.register(command);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new VerbGroups());
        return command;
    }

    private static PrintWriter writer(PrintStream stream) {
        boolean flushingLines = true;
        return new PrintWriter(stream, flushingLines, stream.charset());
    }
}

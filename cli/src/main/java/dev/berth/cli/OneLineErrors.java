package dev.berth.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

import dev.berth.cli.args.Suggestion;
import dev.berth.cli.config.BadConfig;
import dev.berth.cli.output.Untrusted;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every failure into one line on stderr and an exit code; nobody ever sees a stack trace. */
final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException error, String[] args) {
        CommandLine verb = error.getCommandLine();
        String message = error instanceof UnmatchedArgumentException unmatched ? unknown(unmatched, verb) : wrong(error);
        return wrongUsage(verb, message);
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine verb, ParseResult parsed) {
        return switch (error) {
            case WrongUsage usage -> wrongUsage(verb, String.valueOf(usage.getMessage()));
            case BadConfig config -> wrongConfig(verb, config.problems());
            case Failed failed -> failed(verb.getErr(), String.valueOf(failed.getMessage()));
            default -> failed(verb.getErr(), bug(error));
        };
    }

    /** What is said about a bug of ours: the one line tells where, so that a report is worth something. */
    static String bug(Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        return "unexpected " + error + (trace.length == 0 ? "" : " at " + trace[0]) + "; please report this";
    }

    /** Says why the work failed. */
    static int failed(PrintWriter err, String message) {
        err.println("berth: " + Untrusted.line(message));
        err.flush();
        return ExitCode.FAILED;
    }

    private static int wrongUsage(CommandLine verb, String message) {
        failed(verb.getErr(), message + " (see '" + verb.getCommandSpec().qualifiedName() + " --help')");
        return ExitCode.WRONG_USAGE;
    }

    private static int wrongConfig(CommandLine verb, List<String> problems) {
        if (problems.size() == 1) {
            return wrongUsage(verb, problems.getFirst());
        }
        problems.forEach(problem -> failed(verb.getErr(), problem));
        return ExitCode.WRONG_USAGE;
    }

    private static String unknown(UnmatchedArgumentException error, CommandLine verb) {
        String typed = error.getUnmatched().getFirst();
        if (typed.startsWith("-") && typed.length() > 1) {
            return unknownOption(typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed, verb);
        }
        List<String> verbs = List.copyOf(verb.getSubcommands().keySet());
        String question = Suggestion.question(typed, verbs);
        return verbs.isEmpty()
                ? "'" + typed + "' is one word too many"
                : "unknown verb '" + typed + "'" + question + (question.isEmpty() ? ";" : "") + " known: " + String.join(", ", verbs);
    }

    private static String unknownOption(String typed, CommandLine verb) {
        List<String> known = new ArrayList<>();
        for (OptionSpec option : verb.getCommandSpec().options()) {
            known.addAll(List.of(option.names()));
        }
        String advice = Suggestion.question(typed, known);
        boolean takesWords = !verb.getCommandSpec().positionalParameters().isEmpty();
        return "unknown option '" + typed + "'"
                + (advice.isEmpty() && takesWords ? "; a word that begins with '-' goes after --" : advice);
    }

    /** What is wrong with an option, beginning with its name. */
    static String wrong(ParameterException error) {
        ArgSpec argument = error.getArgSpec();
        if (error.getCause() instanceof TypeConversionException cause) {
            return argument instanceof OptionSpec option ? option.longestName() + " " + cause.getMessage() : String.valueOf(cause.getMessage());
        }
        String message = String.valueOf(error.getMessage());
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}

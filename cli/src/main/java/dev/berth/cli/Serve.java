package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.config.BadConfig;
import dev.berth.cli.config.Setting;
import dev.berth.cli.output.LineQueue;
import dev.berth.cli.output.Logs;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code berth serve}: listens, and gives every client its own socket and its own thread. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Listen, and give every client its own socket and its own thread.",
        footer = {
            "",
            "Sizes: 4096, 64KiB, 1MiB. Durations: 500ms, 5s, 2m, 1h.",
            "Every option is a key in the file too, without its dashes, and a variable: BERTH_MAX_CONNECTIONS is --max-connections."
                    + " An option counts before a variable, a variable before the file.",
            "SIGHUP reads the files of --config and --auth-tokens again: limits and tokens change for those who come next.",
            "Ctrl-C drains: no new clients, and those who are here finish. A second one cuts them.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 drained but some were cut."
        })
final class Serve implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "[[HOST:]PORT]",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Where to listen (default: 127.0.0.1:8080).")
    private List<String> where = new ArrayList<>();

    // These are read again from their text, together with the environment's and the file's.
    @Mixin
    private ListenerOptions listener = new ListenerOptions();

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private CommonOptions common = new CommonOptions();

    @SuppressWarnings("UnusedVariable")
    @Option(names = "--config", paramLabel = "FILE", description = "Read settings from a YAML file: one listener, or several under listeners:.")
    private @Nullable String config;

    @Option(names = "--check-config", description = "Say whether the settings are good, all that is wrong with them, and listen to nobody.")
    private boolean checkConfig;

    @Option(names = "--print-config", description = "Print every setting, its value and where that comes from, and listen to nobody.")
    private boolean printConfig;

    @Spec
    private @Nullable CommandSpec spec;

    Serve(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage, BadConfig {
        List<String> command = command();
        List<Setting> typed = typed(where.subList(0, where.size() - command.size()));
        Configuration configuration = Configuration.of(typed, command, console.environment());
        if (printConfig) {
            console.out().print(ConfigText.of(configuration));
            return ExitCode.DONE;
        }
        try (Logs logs = new Logs(console.errBytes(), console.err().charset(), configuration.common().logFormat());
                LineQueue traces = new LineQueue("trace", console.outBytes(), console.out().charset())) {
            configuration.doubts().forEach(doubt -> logs.command().warn(doubt));
            Listening.Reports reports = new Listening.Reports(logs, traces, configuration.common().trace());
            return serve(configuration, reports, () -> {
                Configuration again = Configuration.of(typed, command, console.environment());
                check(again, reports);
                return again;
            });
        }
    }

    private int serve(Configuration configuration, Listening.Reports reports, Reload.Reading again) throws Failed, BadConfig {
        if (checkConfig || configuration.listeners().size() > 1) {
            check(configuration, reports);
        }
        if (checkConfig) {
            configuration.listeners().forEach(planned -> sayDoubts(planned, reports.logs()));
            int count = configuration.listeners().size();
            console.out().println("the settings are good: " + (count == 1 ? "1 listener" : count + " listeners"));
            return ExitCode.DONE;
        }
        List<Listening> listeners = new ArrayList<>();
        try {
            for (Configuration.Listener planned : configuration.listeners()) {
                listeners.add(Listening.start(planned, configuration.label(planned), reports));
                sayDoubts(planned, reports.logs());
                sayBacklog(planned, listeners.getLast().server().backlog(), reports.logs());
            }
            boolean canChange = !configuration.file().isEmpty() || configuration.listeners().stream().anyMatch(planned -> planned.options().hasTokens());
            Reload reload = canChange ? new Reload(configuration, listeners, again, reports.logs().command()) : null;
            return new ServerLife(listeners, reports.logs(), configuration.common().drainTimeout(), reload).live();
        } finally {
            listeners.forEach(Listening::close);
        }
    }

    private static void check(Configuration configuration, Listening.Reports reports) throws BadConfig {
        List<String> problems = new ArrayList<>();
        for (Configuration.Listener planned : configuration.listeners()) {
            try {
                Listening.check(planned, reports);
            } catch (BadConfig e) {
                problems.addAll(e.problems());
            } catch (Failed e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadConfig(problems.stream().distinct().toList());
        }
    }

    private static void sayDoubts(Configuration.Listener planned, Logs logs) {
        planned.options().doubts().forEach(doubt -> logs.command().warn(doubt));
    }

    private static void sayBacklog(Configuration.Listener planned, int effective, Logs logs) {
        if (planned.settings().containsKey("backlog") && planned.options().backlog() > effective) {
            logs.command().info("the system keeps {} unaccepted connections at most, not {} (--backlog; net.core.somaxconn)",
                    effective, planned.options().backlog());
        }
    }

    /** The settings among the options, and the words that say where to listen. */
    private List<Setting> typed(List<String> words) throws WrongUsage {
        List<Setting> typed = new ArrayList<>();
        for (OptionSpec option : parsed().matchedOptions()) {
            typed.add(Setting.typed(SettingReader.name(option), option.originalStringValues()));
        }
        if (!words.isEmpty()) {
            try {
                Endpoint endpoint = Endpoint.parse(words);
                boolean hostToo = !words.getFirst().matches(":?[0-9]+");
                requireSaidOnce(typed, String.join(" ", words), hostToo);
                typed.add(Setting.typed("port", Integer.toString(endpoint.port())));
                if (hostToo) {
                    typed.add(Setting.typed("bind", endpoint.host()));
                }
            } catch (IllegalArgumentException e) {
                throw new WrongUsage(e);
            }
        }
        return typed;
    }

    private static void requireSaidOnce(List<Setting> options, String words, boolean hostToo) throws WrongUsage {
        for (Setting option : options) {
            boolean port = option.name().equals("port");
            if (port || (hostToo && option.name().equals("bind"))) {
                throw new WrongUsage("the " + (port ? "port" : "address") + " is given twice: " + words + " and --" + option.name() + " "
                        + option.values().getLast() + "; leave one out");
            }
        }
    }

    /** The words after {@code --}, where they are a program's. */
    private List<String> command() {
        List<String> typed = parsed().originalArgs();
        int dashes = typed.indexOf("--");
        return listener.handler().takesCommand() && dashes >= 0 ? typed.subList(dashes + 1, typed.size()) : List.of();
    }

    private ParseResult parsed() {
        if (spec == null) {
            throw new IllegalStateException("not run by the parser");
        }
        return spec.commandLine().getParseResult();
    }
}

package dev.berth.cli;

import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Suggestion;
import dev.berth.cli.output.Untrusted;
import dev.berth.cli.torture.Attack;
import dev.berth.cli.torture.JsonReport;
import dev.berth.cli.torture.Limits;
import dev.berth.cli.torture.Result;
import dev.berth.cli.torture.Speech;
import dev.berth.cli.torture.Suffering;
import dev.berth.cli.torture.Target;
import dev.berth.cli.torture.TextReport;
import dev.berth.cli.torture.TortureRun;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth torture}: attacks on a server, and whether an ordinary client beside them is still served. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description = "Attack a server, and see whether its other clients suffer.",
        footer = {
            "",
            "Any TCP server will do, if it is yours: one outside this machine and private networks has to be named twice."
                    + " Without --probe the victim only connects, which a system answers even for a server that is stuck: give a message"
                    + " that has an answer.",
            "docs/guide/torture.md tells what each attack is. Ctrl-C ends early and reports what was done.",
            "Exit codes: 0 nobody was harmed, 1 somebody was or the server is gone, 2 wrong usage."
        })
final class Torture implements Callable<Integer> {
    private final Console console;

    @Mixin
    private FrameOptions frames = new FrameOptions();

    @Mixin
    private TokenOption auth = new TokenOption();

    @Option(names = "--probe", paramLabel = "TEXT", description = "What the victim asks; any answer will do that is as in calm (default: it only connects).")
    private @Nullable String probe;

    @Option(names = "--attacks", paramLabel = "LIST", split = ",", description = "Which attacks, for example a3,a4 (default: all).")
    private List<String> attacks = new ArrayList<>();

    @Option(names = "--connections", paramLabel = "N", description = "Connections of each attack (default: 50).")
    private int connections = 50;

    @Option(names = "--duration", paramLabel = "DURATION", description = "How long each attack lasts (default: 3s).")
    private Duration duration = Duration.ofSeconds(3);

    @Option(names = "--patience", paramLabel = "DURATION", description = "How long the victim may wait before it is harmed (default: 1s).")
    private Duration patience = Duration.ofSeconds(1);

    @Option(names = "--recovery", paramLabel = "DURATION", description = "How long the server may need to serve the victim again after an attack (default: 5s).")
    private Duration recovery = Duration.ofSeconds(5);

    @Option(names = "--i-may-attack", paramLabel = "HOST", description = "The server's host once more, where it is not on this machine or in a private network.")
    private @Nullable String mayAttack;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON; - prints it on stdout instead of the table.")
    private @Nullable Path json;

    @Parameters(paramLabel = "HOST:PORT", hideParamSyntax = true, arity = "0..*", description = "The server: HOST:PORT, HOST PORT or PORT.")
    private List<String> words = new ArrayList<>();

    Torture(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage {
        List<Attack> chosen = chosen();
        TortureRun run = run();
        ResultFile.requireWritable(json);
        Result result = result(run, chosen);
        if (!ResultFile.STDOUT.equals(json)) {
            TextReport.of(result).forEach(console.out()::println);
        }
        if (json != null) {
            ResultFile.write(json, JsonReport.of(result), console.out());
        }
        return result.harmful() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<Attack> chosen() throws WrongUsage {
        List<String> known = Arrays.stream(Attack.values()).map(Attack::id).toList();
        for (String id : attacks) {
            if (!known.contains(id)) {
                throw new WrongUsage("--attacks '" + id + "' is not known" + Suggestion.question(id, known) + " (allowed: " + String.join(", ", known) + ")");
            }
        }
        return Arrays.stream(Attack.values()).filter(attack -> attacks.isEmpty() || attacks.contains(attack.id())).toList();
    }

    private TortureRun run() throws Failed, WrongUsage {
        Endpoint.Taken server = Talk.server(words);
        if (server.words() < words.size()) {
            throw new WrongUsage("'" + words.get(server.words()) + "' is one word too many");
        }
        try {
            Limits limits = new Limits(connections, duration, patience, recovery);
            Speech speech = Speech.of(frames.framings(), auth.token(), probe == null ? null : probe.getBytes(StandardCharsets.UTF_8));
            return new TortureRun(Target.of(server.endpoint(), mayAttack), speech, limits);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(e);
        } catch (UnknownHostException e) {
            throw new Failed("unknown host '" + server.endpoint().host() + "'; check the name, or use an IP address");
        }
    }

    private Result result(TortureRun run, List<Attack> chosen) throws Failed {
        try (StopSignals signals = new StopSignals()) {
            Suffering calm = run.calm();
            if (calm.isHarmed()) {
                throw new Failed("the victim is not served even before an attack: " + Untrusted.line(calm.firstTrouble().orElseThrow())
                        + "; check the address, --probe and --frame");
            }
            return run.attack(calm, chosen, signals::await, this::show);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted; nothing is reported");
        } finally {
            show("");
        }
    }

    private void show(Attack attack) {
        show(attack.id() + " " + attack.text());
    }

    /** One line on a terminal, written over the one before. */
    private void show(String text) {
        if (console.errIsTerminal()) {
            console.err().print("\r\u001b[K" + text);
            console.err().flush();
        }
    }
}

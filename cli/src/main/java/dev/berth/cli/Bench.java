package dev.berth.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Sizes;
import dev.berth.cli.bench.BenchRun;
import dev.berth.cli.bench.JsonReport;
import dev.berth.cli.bench.Load;
import dev.berth.cli.bench.Plot;
import dev.berth.cli.bench.Progress;
import dev.berth.cli.bench.Result;
import dev.berth.cli.bench.TextReport;
import dev.berth.cli.bench.Timing;
import dev.berth.cli.bench.Traffic;
import dev.berth.cli.talking.Trouble;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth bench}: a load on an echo server, and how fast its answers come. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure how fast an echo server answers.",
        footer = {
            "",
            "Any server that sends each message back will do, for example 'berth serve'. Every answer is compared with what was sent.",
            "Ctrl-C ends early and reports what was measured; a second one does not wait for answers under way.",
            "Without --rate a server that stalls is asked less while it stalls, and looks better than its users see it.",
            "Exit codes: 0 measured, 1 with errors or nothing measured, 2 wrong usage."
        })
final class Bench implements Callable<Integer> {
    private final Console console;

    @Mixin
    private FrameOptions frames = new FrameOptions();

    @Mixin
    private TokenOption auth = new TokenOption();

    @Option(names = "--connections", paramLabel = "N", description = "Connections, all open from the start (default: 10).")
    private int connections = 10;

    @Option(names = "--depth", paramLabel = "N", description = "Messages that each connection may have under way (default: 1; with --rate 1000).")
    private @Nullable Integer depth;

    @Option(names = "--size", paramLabel = "BYTES", converter = Sizes.class, description = "Bytes of a message, without framing (default: 64).")
    private int size = 64;

    @Option(names = "--rate", paramLabel = "N", description = {
        "Messages a second over all connections, evenly spaced; latency then counts from when a message was due (default: as fast"
                + " as answers come)."
    })
    private @Nullable Integer rate;

    @Option(names = "--duration", paramLabel = "DURATION", description = "What is measured (default: 10s).")
    private Duration duration = Duration.ofSeconds(10);

    @Option(names = "--warm-up", paramLabel = "DURATION", description = "What goes before it and is not counted (default: 2s).")
    private Duration warmUp = Duration.ofSeconds(2);

    @Option(names = "--timeout", paramLabel = "DURATION", description = "For connecting, and for each answer (default: 5s).")
    private Duration timeout = Duration.ofSeconds(5);

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON; - prints it on stdout instead of the text.")
    private @Nullable Path json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw latency by percentile.")
    private @Nullable Path svg;

    @Parameters(paramLabel = "HOST:PORT", hideParamSyntax = true, arity = "0..*", description = "The server: HOST:PORT, HOST PORT or PORT.")
    private List<String> words = new ArrayList<>();

    Bench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage {
        BenchRun run = run();
        if (json != null && json.equals(svg)) {
            throw new WrongUsage("--json and --svg are the same file, " + json + "; each needs its own");
        }
        ResultFile.requireWritable(json);
        ResultFile.requireWritable(svg);
        Result result = measured(run);
        if (!ResultFile.STDOUT.equals(json)) {
            TextReport.of(result).forEach(console.out()::println);
        }
        if (json != null) {
            ResultFile.write(json, JsonReport.of(result), console.out());
        }
        if (svg != null) {
            ResultFile.write(svg, Plot.of(result), console.out());
        }
        if (!result.failures().isEmpty()) {
            throw new Failed(result.failures().size() + " of " + connections + " connections failed; the report says how");
        }
        if (result.messages() == 0) {
            throw new Failed("nothing was measured: no message was sent and answered after the warm-up (--warm-up, --duration)");
        }
        return ExitCode.DONE;
    }

    private BenchRun run() throws WrongUsage {
        Endpoint.Taken server = Talk.server(words);
        if (server.words() < words.size()) {
            throw new WrongUsage("'" + words.get(server.words()) + "' is one word too many");
        }
        try {
            OptionalInt perSecond = rate == null ? OptionalInt.empty() : OptionalInt.of(rate);
            // At a rate the depth is only a bound: it must not be what holds messages up.
            int usualDepth = rate == null ? 1 : 1_000;
            Traffic traffic = new Traffic(connections, depth == null ? usualDepth : depth, perSecond);
            return new BenchRun(new Load(server.endpoint(), auth.token(), frames.framings(), size, traffic, new Timing(warmUp, duration, timeout)));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(e);
        }
    }

    private Result measured(BenchRun run) throws Failed {
        try (StopSignals signals = new StopSignals()) {
            return run.measure(signals::await, console.errIsTerminal() ? this::show : (since, answers) -> {});
        } catch (Trouble e) {
            throw new Failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted before anything was measured");
        } finally {
            if (console.errIsTerminal()) {
                console.err().print(Progress.CLEAR);
            }
        }
    }

    private void show(Duration since, long answers) {
        console.err().print(Progress.line(since, answers));
        console.err().flush();
    }
}

package dev.berth.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.session.BadSession;
import dev.berth.cli.session.Session;
import dev.berth.cli.talking.Playback;
import dev.berth.cli.talking.Trouble;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth replay}: plays a recorded session again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Play a recorded session again, and show the answers that differ.",
        footer = {
            "",
            "'berth connect --record FILE' records one; the file is text and can be edited. Its first lines say where messages end."
                    + " A message is sent when its time has come and the answers above it are there. What comes within half a second"
                    + " after the last line is compared too.",
            "Exit codes: 0 all answers as recorded, 1 some differ or the server can't be reached, 2 wrong usage or a bad file."
        })
final class Replay implements Callable<Integer> {
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    private final Console console;

    @Option(names = "--fast", description = "Don't wait as long as the client did, only for the answers.")
    private boolean fast;

    @Option(names = "--timeout", paramLabel = "DURATION", description = "How much later than recorded an answer may come (default: 5s).")
    private Duration timeout = Duration.ofSeconds(5);

    @Mixin
    private TokenOption auth = new TokenOption();

    @Parameters(index = "0", paramLabel = "FILE", description = "The session.")
    private Path file = Path.of("");

    @Parameters(index = "1..*", paramLabel = "HOST:PORT", hideParamSyntax = true, arity = "0..*",
            description = "The server: HOST:PORT, HOST PORT or PORT.")
    private List<String> words = new ArrayList<>();

    Replay(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage {
        Endpoint.Taken server = Talk.server(words);
        if (server.words() < words.size()) {
            throw new WrongUsage("'" + words.get(server.words()) + "' is one word too many");
        }
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new WrongUsage("--timeout is out of range; allowed are 1ms to 24h");
        }
        try {
            return ended(new Playback(server.endpoint(), Session.read(file), fast, timeout, auth.token()).run(console.out()));
        } catch (BadSession e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        } catch (Trouble e) {
            throw new Failed(String.valueOf(e.getMessage()));
        }
    }

    private int ended(Playback.Result result) {
        String answers = result.answers() == 1 ? "1 answer" : result.answers() + " answers";
        boolean same = result.different() == 0;
        console.err().println("berth: " + answers + (same ? ", as recorded" : ", " + result.different() + " not as recorded"));
        return same ? ExitCode.DONE : ExitCode.FAILED;
    }
}

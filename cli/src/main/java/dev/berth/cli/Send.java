package dev.berth.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Framings;
import dev.berth.cli.talking.Question;
import dev.berth.cli.talking.Trouble;
import dev.berth.framing.FrameWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth send}: one question, one answer. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Send one message and print one answer.",
        footer = {"", "Exit codes: 0 answered, 1 not (refused, busy, unknown host, no answer in time), 2 wrong usage."})
final class Send implements Callable<Integer> {
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    private final Console console;

    @Mixin
    private Talk talk = new Talk();

    @Option(names = "--timeout", paramLabel = "DURATION", description = "For connecting and the answer together (default: 5s).")
    private Duration timeout = Duration.ofSeconds(5);

    @Parameters(paramLabel = "HOST:PORT MESSAGE", hideParamSyntax = true, arity = "0..*",
            description = "The server (HOST:PORT, HOST PORT or PORT), and the message.")
    private List<String> words = new ArrayList<>();

    Send(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage {
        Endpoint.Taken server = Talk.server(words);
        Framings framings = talk.framings(FrameOptions.USUAL);
        byte[] message = message(words.subList(server.words(), words.size())).getBytes(StandardCharsets.UTF_8);
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new WrongUsage("--timeout is out of range; allowed are 1ms to 24h");
        }
        try {
            // A message that can't be framed is found before anybody is called.
            framings.out().seal(new FrameWriter().put(message));
            new Question(server.endpoint(), framings, timeout, talk.token()).ask(message, console.out(), console.outIsTerminal(), console.err());
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw new WrongUsage("the message cannot be sent as --frame " + framings.out().notation() + ": " + e.getMessage());
        } catch (Trouble e) {
            throw new Failed(String.valueOf(e.getMessage()));
        }
    }

    private static String message(List<String> left) throws WrongUsage {
        if (left.isEmpty()) {
            throw new WrongUsage("no message; write berth send HOST:PORT 'MESSAGE'");
        }
        if (left.size() > 1) {
            throw new WrongUsage("'" + left.get(1) + "' is one word too many; put quotes around the message");
        }
        return left.getFirst();
    }
}

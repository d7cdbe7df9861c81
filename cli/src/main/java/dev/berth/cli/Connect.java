package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Framings;
import dev.berth.cli.talking.PipeTalk;
import dev.berth.cli.talking.TerminalTalk;
import dev.berth.cli.talking.Trouble;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth connect}: talks to a server, a message a line. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description = "Talk to a server: each line is sent, what comes back is printed.",
        footer = {
            "",
            "On a terminal lines can be edited; Ctrl-D ends. In a pipe all of the input is sent, and answers are printed",
            "until the server ends: printf 'a\\nb\\n' | berth connect 127.0.0.1 8080",
            "With --hex a line is bytes: 48 69, 4869, \"text\", \\r \\n \\t \\0 \\x1b, all mixed; # begins a remark."
        })
final class Connect implements Callable<Integer> {
    private final Console console;

    @Mixin
    private Talk talk = new Talk();

    @Option(names = "--hex", description = "Type bytes in hex; answers are shown in hex, with the text behind.")
    private boolean hex;

    @Parameters(paramLabel = "HOST:PORT", hideParamSyntax = true, arity = "0..*", description = "The server: HOST:PORT, HOST PORT or PORT.")
    private List<String> words = new ArrayList<>();

    Connect(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage {
        Endpoint.Taken server = Talk.server(words);
        if (server.words() < words.size()) {
            throw new WrongUsage("'" + words.get(server.words()) + "' is one word too many; messages are typed, or come from a pipe");
        }
        Framings framings = talk.framings();
        try {
            if (console.interactive()) {
                new TerminalTalk(server.endpoint(), framings, hex).run(console.err());
            } else {
                new PipeTalk(server.endpoint(), framings, hex).run(console.in(), console.out(), console.outIsTerminal());
            }
            return ExitCode.DONE;
        } catch (Trouble e) {
            throw new Failed(String.valueOf(e.getMessage()));
        }
    }
}

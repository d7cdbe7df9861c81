package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.berth.cli.args.Endpoint;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth connect}: talks to a server, line by line. */
@Command(name = "connect", mixinStandardHelpOptions = true, description = "Talk to a server: what you type is sent, what comes back is printed.")
final class Connect implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "HOST:PORT", arity = "0..*", description = "The server.")
    private List<String> words = new ArrayList<>();

    Connect(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage {
        try {
            throw new Failed("can't reach " + Endpoint.first(words).endpoint() + " yet" + (console.interactive() ? "" : "."));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(e);
        }
    }
}

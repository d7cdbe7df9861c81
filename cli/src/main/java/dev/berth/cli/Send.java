package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.berth.cli.args.Endpoint;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth send}: one question, one answer. */
@Command(name = "send", mixinStandardHelpOptions = true, description = "Send one message and print one answer.")
final class Send implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "HOST:PORT", arity = "0..*", description = "The server.")
    private List<String> words = new ArrayList<>();

    Send(Console console) {
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

package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth serve}: listens, and gives every client its own socket and its own thread. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Listen, and give every client its own socket and its own thread.")
final class Serve implements Callable<Integer> {
    private static final int USUAL_PORT = 8080;

    private final Console console;

    @Parameters(
            paramLabel = "[[HOST:]PORT]",
            hideParamSyntax = true,
            arity = "0..*",
            description = "Where to listen (default: 127.0.0.1:8080).")
    private List<String> where = new ArrayList<>();

    @Option(names = "--bind", paramLabel = "HOST", description = "Address to listen on; 0.0.0.0 lets other machines in.")
    private @Nullable String bind;

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on; 0 takes any free one.")
    private @Nullable String port;

    Serve(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage {
        Endpoint endpoint = endpoint();
        throw new Failed("can't serve " + endpoint + " yet" + (console.interactive() ? "" : "."));
    }

    private Endpoint endpoint() throws WrongUsage {
        try {
            Endpoint typed = where.isEmpty()
                    ? new Endpoint(Endpoint.THIS_MACHINE, USUAL_PORT)
                    : Endpoint.parse(where);
            Endpoint ported = port == null ? typed : Endpoint.parse(":" + port).on(typed.host());
            return bind == null ? ported : ported.on(Endpoint.parse(List.of(bind, "0")).host());
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(e);
        }
    }
}

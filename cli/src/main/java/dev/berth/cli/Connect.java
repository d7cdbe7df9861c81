package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Framings;
import dev.berth.cli.session.SessionRecorder;
import dev.berth.cli.talking.PipeTalk;
import dev.berth.cli.talking.TerminalTalk;
import dev.berth.cli.talking.Trouble;
import dev.berth.framing.Codec;

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
            "On a terminal lines can be edited; Ctrl-D ends. In a pipe all of the input is sent, and answers are printed until the"
                    + " server ends: printf 'a\\nb\\n' | berth connect 127.0.0.1 8080",
            "With --hex a line is bytes: 48 69, 4869, \"text\", \\r \\n \\t \\0 \\x1b, all mixed; # begins a remark. They go as they are,"
                    + " and answers come as they arrive, unless --frame says where messages end."
        })
final class Connect implements Callable<Integer> {
    private final Console console;

    @Mixin
    private Talk talk = new Talk();

    @Option(names = "--hex",
            description = "Type bytes in hex; answers are shown in hex, with the text behind. Without --frame it is --frame raw.")
    private boolean hex;

    @Option(names = "--record", paramLabel = "FILE", description = "Write what is said into a file that 'berth replay' plays again.")
    private @Nullable Path record;

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
        // Who types bytes means these bytes: a line end that is added, or waited for, would be wrong for most devices.
        Framings framings = talk.framings(hex ? "raw" : FrameOptions.USUAL);
        ResultFile.requireWritable(record);
        if (record == null) {
            talk(server.endpoint(), framings, Codec.bytes(framings.both()));
            return ExitCode.DONE;
        }
        try (SessionRecorder recorder = new SessionRecorder(record, framings, System::nanoTime)) {
            talk(server.endpoint(), framings, recorder.codec());
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new Failed("can't write " + record + ": " + FileTrouble.reason(e));
        }
    }

    private void talk(Endpoint server, Framings framings, Codec<byte[]> codec) throws Failed, WrongUsage {
        try {
            if (console.interactive()) {
                new TerminalTalk(server, framings, codec, hex, talk.token()).run(console.err());
            } else {
                new PipeTalk(server, framings, codec, hex, talk.token()).run(console.in(), console.out(), console.outIsTerminal());
            }
        } catch (Trouble e) {
            throw new Failed(String.valueOf(e.getMessage()));
        }
    }
}

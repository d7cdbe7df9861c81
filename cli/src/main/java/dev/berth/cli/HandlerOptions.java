package dev.berth.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Words;
import dev.berth.cli.code.ClassPath;
import dev.berth.cli.code.CodeException;
import dev.berth.cli.code.OwnClass;
import dev.berth.cli.config.Setting;
import dev.berth.cli.exec.Program;
import dev.berth.cli.exec.Programs;
import dev.berth.cli.forward.Forwarding;
import dev.berth.cli.serving.ClientLog;
import dev.berth.cli.serving.ReadyMade;
import dev.berth.cli.serving.ServingHandler;
import dev.berth.connection.FrameTap;
import dev.berth.framing.Framing;

import picocli.CommandLine.Option;

/** The options that say what serves a client. */
final class HandlerOptions {
    /** A process for each client costs more than a thread. */
    private static final int USUAL_PROGRAMS = 1_000;

    /** What serves a client. */
    enum Kind {
        ECHO, CHAT, SINK, EXEC, FORWARD, CLASS
    }

    @Option(names = "--handler", paramLabel = "WHAT", description = {
        "echo: every message goes back to its sender (default).",
        "chat: every message goes to all other clients, not to its sender.",
        "sink: messages are read and dropped.",
        "exec: each client gets its own process of the program after --, its bytes are the program's input and output.",
        "forward: each client gets its own connection to the server --to, its bytes go there and back.",
        "class:NAME: a class of your own from --classpath, with handle(Connection<String>) or serve(InputStream, OutputStream)."
    })
    private @Nullable HandlerChoice handler;

    @Option(names = "--classpath", paramLabel = "PATH", description = {
        "Where --handler class:NAME is found: a jar, a folder, 'libs/*' for all its jars; several with the system's path separator"
                + " between, or this option again."
    })
    private List<String> classPath = new ArrayList<>();

    /** The class that {@code --handler class:} names, once it was found. */
    private @Nullable OwnClass own;

    @Option(names = "--exec", paramLabel = "COMMAND",
            description = "A command line for sh: --exec 'sort -u' is the same as --handler exec -- sh -c 'sort -u'.")
    private @Nullable String shell;

    @Option(names = "--exec-at-once",
            description = "Start a client's program when it connects, not at its first byte: for programs that speak first.")
    private boolean atOnce;

    @Option(names = "--exec-linger", paramLabel = "DURATION",
            description = "How long a program may be silent after its client's end (default: 1m).")
    private @Nullable Duration linger;

    @Option(names = "--to", paramLabel = "HOST:PORT", description = "The server that --handler forward hands clients on to.")
    private @Nullable String to;

    /** Checks what was typed together, with the words after {@code --} and whether a framing was asked for. */
    void check(List<String> command, boolean framed) throws Failed, WrongUsage {
        if (shell != null && handler != null && handler.kind() != Kind.EXEC) {
            throw new WrongUsage("--exec is --handler exec; leave --handler out");
        }
        if (shell != null && !command.isEmpty()) {
            throw new WrongUsage("'" + command.getFirst() + "' is left over: --exec takes the whole command line as one word");
        }
        if (kind() == Kind.EXEC && shell == null && command.isEmpty()) {
            throw new WrongUsage("--handler exec needs a program: -- COMMAND ARGUMENTS..., or --exec 'COMMAND LINE'");
        }
        if (kind() != Kind.EXEC && (atOnce || linger != null)) {
            throw new WrongUsage((atOnce ? "--exec-at-once" : "--exec-linger") + " needs --exec or --handler exec");
        }
        if ((kind() == Kind.FORWARD) != (to != null)) {
            throw new WrongUsage(to == null ? "--handler forward needs a server: --to HOST:PORT" : "--to needs --handler forward");
        }
        if (!classPath.isEmpty() && kind() != Kind.CLASS) {
            throw new WrongUsage("--classpath needs --handler class:NAME");
        }
        if (kind() == Kind.CLASS) {
            own = ownClass();
        }
        if (framed && own != null && own.hasCodec()) {
            throw new WrongUsage("--frame and --max-frame mean nothing here: the class has a codec() of its own; leave them out");
        }
        if (framed && isRaw()) {
            throw new WrongUsage("--frame and --max-frame mean nothing here: bytes go as they come; leave them out");
        }
    }

    /** Whether the words after {@code --} are a program. */
    boolean takesCommand() {
        return kind() == Kind.EXEC;
    }

    /** Whether bytes go as they come, without frames. */
    private boolean isRaw() {
        return kind() == Kind.EXEC || kind() == Kind.FORWARD || (own != null && own.isRaw());
    }

    /** Where messages end: as the handler needs it, or else as was asked for. */
    Framing framing(FrameOptions asked) throws WrongUsage {
        Framing framing = asked.framings(isRaw() ? "raw" : FrameOptions.USUAL).both();
        return own == null ? framing : own.framing(framing);
    }

    /** Whether it says itself where messages end, so that nobody else may. */
    boolean saysFraming() {
        return isRaw() || (own != null && own.hasCodec());
    }

    /** Takes over the class that these options have found before. */
    void found(HandlerOptions before) {
        own = before.own;
    }

    /** What is meant where nothing was said. */
    List<Setting> implied() {
        return List.of(Setting.implied("handler", Words.word(kind()), shell == null ? Setting.DEFAULT : "from exec"));
    }

    /** How many clients at once, where nobody said; null leaves it to the server. */
    @Nullable Integer usualConnections() {
        return kind() == Kind.EXEC ? USUAL_PROGRAMS : null;
    }

    /** What a client's line in the log counts. */
    ClientLog.Unit unit() {
        return isRaw() ? ClientLog.Unit.BYTES : ClientLog.Unit.FRAMES;
    }

    /** The handler that was asked for, for messages in this framing. */
    ServingHandler handler(List<String> command, Framing framing, ClientLog log, FrameTap tap) throws Failed, WrongUsage {
        return switch (kind()) {
            case ECHO -> ReadyMade.ECHO.handler(log);
            case CHAT -> ReadyMade.CHAT.handler(log);
            case SINK -> ReadyMade.SINK.handler(log);
            case EXEC -> programs(shell == null ? new Program(command) : Program.ofShell(shell), log, tap);
            case FORWARD -> new Forwarding(server(), log, tap);
            case CLASS -> made(own == null ? ownClass() : own, framing, log);
        };
    }

    private static ServingHandler made(OwnClass own, Framing framing, ClientLog log) throws Failed {
        try {
            return own.make(framing, log);
        } catch (CodeException e) {
            throw new Failed(String.valueOf(e.getMessage()));
        }
    }

    private OwnClass ownClass() throws Failed, WrongUsage {
        String name = handler == null ? "" : handler.className();
        if (name.isEmpty()) {
            throw new WrongUsage("--handler class needs a name: --handler class:com.acme.Meter --classpath meter.jar");
        }
        try {
            return OwnClass.find(name, ClassPath.parse(classPath));
        } catch (CodeException e) {
            throw new Failed(String.valueOf(e.getMessage()));
        }
    }

    private Programs programs(Program program, ClientLog log, FrameTap tap) throws Failed {
        if (!program.isFound()) {
            throw new Failed("cannot find the program '" + program.name() + "'" + (program.name().contains("/") ? "" : " on the PATH"));
        }
        Duration silence = linger == null ? Duration.ofMinutes(1) : linger;
        return new Programs(new Programs.Settings(program, atOnce, silence), log, tap);
    }

    private Endpoint server() throws WrongUsage {
        try {
            return Endpoint.parse(String.valueOf(to));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage("--to: " + e.getMessage());
        }
    }

    private Kind kind() {
        return handler != null ? handler.kind() : shell != null ? Kind.EXEC : Kind.ECHO;
    }
}

package dev.berth.cli.exec;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.berth.cli.args.Durations;
import dev.berth.cli.exec.Progress.Turn;
import dev.berth.cli.links.RawClient;
import dev.berth.cli.links.ReadBuffer;
import dev.berth.cli.serving.ClientLog;
import dev.berth.cli.serving.ServingHandler;
import dev.berth.connection.Connection;
import dev.berth.connection.FrameTap;

/**
 * Serves each client with a process of its own, whose input and output are the client's bytes.
 *
 * <p>Thread-safe. Closing ends every process that is left, at once; closing twice is harmless.
 */
public final class Programs implements ServingHandler {
    /**
     * How programs are run.
     *
     * @param program what each client gets
     * @param atOnce whether it is started before the client's first byte
     * @param linger how long it may be silent after the client's end
     */
    public record Settings(Program program, boolean atOnce, Duration linger) {}

    private final Settings settings;
    private final ClientLog log;
    private final FrameTap tap;
    private final SystemCalls calls = new SystemCalls();
    private final Map<Long, Process> running = new ConcurrentHashMap<>();
    private final AtomicBoolean hinted = new AtomicBoolean();
    private volatile boolean closed;

    /** Runs programs for the clients of one server. */
    public Programs(Settings settings, ClientLog log, FrameTap tap) {
        this.settings = settings;
        this.log = log;
        this.tap = tap;
    }

    @Override
    public void handle(Connection<byte[]> connection) throws Exception {
        RawClient client = RawClient.ofThisThread(connection, tap);
        ReadBuffer first = new ReadBuffer();
        if (!settings.atOnce()) {
            if (!client.read(first)) {
                client.link().reason(client.whyInputEnded());
                return;
            }
            log.spoke(connection.id());
        }
        Process process;
        try {
            process = calls.make(() -> settings.program().start(connection));
        } catch (IOException e) {
            log.trouble(connection, "cannot start '" + settings.program().name() + "'", e.getMessage());
            return;
        }
        serve(client, first, process);
    }

    private void serve(RawClient client, ReadBuffer first, Process process) throws Exception {
        long id = client.connection().id();
        Progress progress = new Progress(settings.linger(), System::nanoTime);
        running.put(id, process);
        var _ = process.onExit().thenRun(progress::exited);
        try {
            if (closed) {
                process.destroyForcibly();
            }
            new Pipes(client, process, progress).start(first, line -> log.stderr(client.connection(), line));
            Turn turn = new Session(client, process, progress, calls).run(this::hint);
            if (turn == Turn.LINGERED) {
                log.remark(id, "ended after " + Durations.text(settings.linger()) + " without output (--exec-linger)");
            }
        } finally {
            if (!process.isAlive()) {
                log.remark(id, "exit code " + process.exitValue());
            }
            running.remove(id);
        }
    }

    private void hint() {
        if (hinted.compareAndSet(false, true)) {
            log.hint("'" + settings.program().name() + "' got input and has written nothing for "
                    + Progress.SILENCE.toSeconds() + " s: many programs keep what they write to a pipe for themselves until they end;"
                    + " try stdbuf -oL COMMAND, or the program's own option (grep --line-buffered, sed -u)");
        }
    }

    @Override
    public void close() {
        closed = true;
        running.values().forEach(process -> Family.of(process).kill());
        calls.close();
    }
}

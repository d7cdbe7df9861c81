package dev.berth.cli.exec;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.berth.cli.exec.Progress.Turn;
import dev.berth.cli.links.RawClient;
import dev.berth.transport.CloseReason;

/** One client and its process, from both being there to neither. Runs on the client's own thread, which touches no pipe. */
record Session(RawClient client, Process process, Progress progress, SystemCalls calls) {
    /** From the question to end, SIGTERM, to the end, SIGKILL. */
    static final Duration GRACE = Duration.ofSeconds(2);
    /** The same where the server itself ends the client, and waits. */
    private static final Duration SHORT_GRACE = Duration.ofMillis(500);

    private static final Duration LAST_LOOK = Duration.ofSeconds(1);
    private static final long PAUSE_MILLIS = 20;

    /** Waits for the end of one of them, and sees to the other's; runs the hint once if the program is silent. Returns how it went. */
    Turn run(Runnable hint) throws Exception {
        Duration grace = SHORT_GRACE;
        try {
            Turn turn = progress.await();
            while (turn == Turn.SILENT) {
                hint.run();
                turn = progress.await();
            }
            grace = GRACE;
            if (turn == Turn.FINISHED) {
                sayGoodbye();
            }
            return turn;
        } finally {
            if (process.isAlive()) {
                end(grace);
            }
            // The thread that reads the client comes out, if it has not.
            client.link().abort(CloseReason.COMPLETED);
        }
    }

    /** Bytes that arrive after our end would answer it with a reset, which overtakes our last bytes: they are read a while longer. */
    private void sayGoodbye() throws Exception {
        client.link().reason(CloseReason.COMPLETED);
        if (!client.link().isAborted()) {
            client.endOutput();
            progress.awaitInputEnd(LAST_LOOK);
        }
    }

    /** Ends the process and what it started; they are gone when it returns, unless the system can't end them. */
    private void end(Duration grace) throws Exception {
        Family family = calls.make(() -> {
            Family all = Family.of(process);
            all.ask();
            return all;
        });
        try {
            long deadline = System.nanoTime() + grace.toNanos();
            boolean exited = progress.awaitExit(grace);
            while (exited && deadline - System.nanoTime() > 0 && calls.make(family::isAlive)) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } finally {
            // Also if the server ends meanwhile and interrupts: then there is no grace.
            calls.make(() -> {
                family.kill();
                return true;
            });
        }
        progress.awaitExit(LAST_LOOK);
    }
}

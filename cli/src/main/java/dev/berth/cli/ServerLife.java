package dev.berth.cli;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.berth.cli.args.Durations;
import dev.berth.cli.args.Endpoint;
import dev.berth.cli.output.Logs;
import dev.berth.cli.serving.ClientLog;
import dev.berth.server.DrainReport;
import dev.berth.server.ServerSnapshot;
import dev.berth.server.TcpServer;
import dev.berth.transport.Endpoints;

/** A server's life in the command: it says that it listens, serves until a signal, drains, and says how that went. */
record ServerLife(TcpServer server, Endpoint asked, ClientLog clients, Logs logs, Duration drainTimeout) {
    private static final long SWEEP_MILLIS = 500;

    /** Lives it; returns the command's exit code. */
    int live() {
        try (StopSignals signals = new StopSignals();
                ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("berth-sweep").factory())) {
            var _ = sweeper.scheduleWithFixedDelay(clients::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
            sayListening();
            signals.await();
            return ended(drain());
        } catch (InterruptedException secondSignal) {
            int cut = server.snapshot().live();
            server.close();
            return ended(cut);
        }
    }

    private void sayListening() {
        InetAddress address = server.address().getAddress();
        String who = address.isLoopbackAddress()
                ? " (this machine only; --bind 0.0.0.0 lets others in)"
                : address.isAnyLocalAddress() ? " (every address of this machine)" : "";
        // All addresses are named as they were asked for: the socket itself may be one for both IPv4 and IPv6.
        String where = address.isAnyLocalAddress() ? asked.on(server.port()).toString() : Endpoints.text(server.address());
        logs.command().atInfo()
                .addKeyValue("event", "listening")
                .addKeyValue("address", where)
                .addKeyValue("port", server.port())
                .addKeyValue("backlog", server.backlog())
                .log("listening on " + where + who);
    }

    /** Returns how many clients were cut. */
    private int drain() throws InterruptedException {
        int here = server.snapshot().live();
        if (here > 0) {
            logs.command().info("draining, {} here, for at most {}; the next signal cuts them", clients(here), Durations.text(drainTimeout));
        }
        DrainReport report = server.drain(drainTimeout);
        return report.cut();
    }

    private static String clients(long count) {
        return count == 1 ? "1 client" : count + " clients";
    }

    private int ended(int cut) {
        clients.finish();
        ServerSnapshot last = server.snapshot();
        logs.command().atInfo()
                .addKeyValue("event", "stopped")
                .addKeyValue("served", last.closed() - clients.probes())
                .addKeyValue("refused", last.refused())
                .addKeyValue("probes", clients.probes())
                .addKeyValue("cut", cut)
                .log("stopped: " + clients(last.closed() - clients.probes()) + " served, " + last.refused() + " refused, "
                        + clients.probes() + " gone without a byte, " + cut + " cut");
        return cut == 0 ? ExitCode.DONE : ExitCode.SOME_CUT;
    }
}

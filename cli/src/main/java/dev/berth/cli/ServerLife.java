package dev.berth.cli;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Durations;
import dev.berth.cli.output.Logs;
import dev.berth.server.ServerSnapshot;
import dev.berth.transport.Endpoints;

/**
 * The command's listeners from here to the end: it says that they listen, serves until a signal, drains, and says how that went.
 *
 * @param reload what SIGHUP does; null leaves it to the system, which ends the process
 */
record ServerLife(List<Listening> listeners, Logs logs, Duration drainTimeout, @Nullable Runnable reload) {
    private static final long SWEEP_MILLIS = 500;

    /** Lives it; returns the command's exit code. */
    int live() {
        try (StopSignals signals = new StopSignals();
                ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("berth-sweep").factory());
                ReloadSignal _ = reload == null ? null : new ReloadSignal(sweeper, reload)) {
            for (Listening listener : listeners) {
                var _ = sweeper.scheduleWithFixedDelay(listener.log()::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
            }
            listeners.forEach(this::sayListening);
            signals.await();
            return ended(drain());
        } catch (InterruptedException secondSignal) {
            long cut = sum(ServerSnapshot::live);
            listeners.stream().map(listener -> Thread.ofVirtual().start(listener.server()::close)).toList()
                    .forEach(ServerLife::joinUninterruptibly);
            return ended(cut);
        }
    }

    private void sayListening(Listening listener) {
        InetAddress address = listener.server().address().getAddress();
        String who = address.isLoopbackAddress()
                ? " (this machine only; --bind 0.0.0.0 lets others in)"
                : address.isAnyLocalAddress() ? " (every address of this machine)" : "";
        // All addresses are named as they were asked for: the socket itself may be one for both IPv4 and IPv6.
        String where = address.isAnyLocalAddress()
                ? listener.asked().on(listener.server().port()).toString()
                : Endpoints.text(listener.server().address());
        var line = logs.command().atInfo()
                .addKeyValue("event", "listening")
                .addKeyValue("address", where)
                .addKeyValue("port", listener.server().port())
                .addKeyValue("backlog", listener.server().backlog());
        if (!listener.name().isEmpty()) {
            line = line.addKeyValue("listener", listener.name());
        }
        line.log((listener.name().isEmpty() ? "" : listener.name() + " ") + "listening on " + where + who);
    }

    /** Returns how many clients were cut. */
    private long drain() throws InterruptedException {
        long here = sum(ServerSnapshot::live);
        if (here > 0) {
            logs.command().info("draining, {} here, for at most {}; the next signal cuts them", clients(here), Durations.text(drainTimeout));
        }
        try (ExecutorService drains = Executors.newVirtualThreadPerTaskExecutor()) {
            long cut = 0;
            for (Future<Integer> drained : drains.invokeAll(listeners.stream().map(this::drain).toList())) {
                cut += drained.get();
            }
            return cut;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Callable<Integer> drain(Listening listener) {
        return () -> listener.server().drain(drainTimeout).cut();
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String clients(long count) {
        return count == 1 ? "1 client" : count + " clients";
    }

    private long sum(ToLongFunction<ServerSnapshot> count) {
        return listeners.stream().mapToLong(listener -> count.applyAsLong(listener.server().snapshot())).sum();
    }

    private int ended(long cut) {
        listeners.forEach(listener -> listener.log().finish());
        long probes = listeners.stream().mapToLong(listener -> listener.log().probes()).sum();
        long served = sum(ServerSnapshot::closed) - probes;
        long refused = sum(ServerSnapshot::refused);
        logs.command().atInfo()
                .addKeyValue("event", "stopped")
                .addKeyValue("served", served)
                .addKeyValue("refused", refused)
                .addKeyValue("probes", probes)
                .addKeyValue("cut", cut)
                .log("stopped: " + clients(served) + " served, " + refused + " refused, " + probes + " gone without a byte, " + cut + " cut");
        return cut == 0 ? ExitCode.DONE : ExitCode.SOME_CUT;
    }
}

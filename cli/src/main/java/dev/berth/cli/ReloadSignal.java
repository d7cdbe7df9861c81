package dev.berth.cli;

import java.util.concurrent.Executor;

import org.jline.utils.Signals;

/** SIGHUP, which has the settings read again: handled from its construction until closed. */
final class ReloadSignal implements AutoCloseable {
    private static final String NAME = "HUP";

    private final Object former;

    /** Each signal runs this, on a thread of the executor's. */
    ReloadSignal(Executor executor, Runnable reload) {
        former = Signals.register(NAME, () -> executor.execute(reload));
    }

    @Override
    public void close() {
        Signals.unregister(NAME, former);
    }
}

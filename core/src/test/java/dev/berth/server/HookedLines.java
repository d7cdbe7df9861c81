package dev.berth.server;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;

/** Lines, and something that happens on the acceptor between a newcomer's ticket and what is done about it. */
final class HookedLines implements Codec<String> {
    private final Codec<String> lines = Codec.lines();
    private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});

    /** What happens with the next client. */
    void onceOnTheAcceptor(Runnable hook) {
        next.set(hook);
    }

    @Override
    public Framing framing() {
        // Asked for then.
        if (Thread.currentThread().getName().endsWith("-acceptor")) {
            next.getAndSet(() -> {}).run();
        }
        return lines.framing();
    }

    @Override
    public String decode(FrameView frame) throws IOException {
        return lines.decode(frame);
    }

    @Override
    public void encode(String message, FrameWriter out) {
        lines.encode(message, out);
    }
}

package dev.berth.testkit.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets bytes and the end, or the end alone, through later. Times add up over several, since each passes on when it was due. */
final class Delay implements Sink {
    private final Sink next;
    private final Relay relay;
    private final LongSupplier bytesNanos;
    private final LongSupplier endNanos;

    private Delay(Sink next, Relay relay, LongSupplier bytesNanos, LongSupplier endNanos) {
        this.next = next;
        this.relay = relay;
        this.bytesNanos = bytesNanos;
        this.endNanos = endNanos;
    }

    /** Delays everything by what this says. */
    static Sink ofAll(Sink next, Relay relay, LongSupplier nanos) {
        return new Delay(next, relay, nanos, nanos);
    }

    /** Delays the end. */
    static Sink ofEnd(Sink next, Relay relay, Duration time) {
        return new Delay(next, relay, () -> 0, time::toNanos);
    }

    @Override
    public void bytes(byte[] bytes, int from, int length, long due) throws IOException, InterruptedException {
        long later = due + bytesNanos.getAsLong();
        relay.pauseUntil(later);
        next.bytes(bytes, from, length, later);
    }

    @Override
    public void end(long due) throws IOException, InterruptedException {
        long later = due + endNanos.getAsLong();
        relay.pauseUntil(later);
        next.end(later);
    }
}

package dev.berth.testkit.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One direction of a connection: a thread reads and notes when bytes came, another one sends them through the toxics. Two, so that
 * a latency holds bytes up and not their rate. The sender is held back once 256 KiB are on their way.
 */
final class OneWay {
    private static final int READ_BYTES = 16 << 10;
    private static final int PIECES = 16;

    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(byte[] bytes, long due, boolean last) {}

    private final Relay relay;
    private final Socket from;
    private final Outlet outlet;
    private final Sink first;
    private final Stop.Action begin;
    private final Optional<Duration> coalesced;
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES);

    /**
     * A direction.
     *
     * @param toxics where its bytes go, to the outlet in the end
     */
    OneWay(Relay relay, Socket from, Outlet outlet, Chain toxics) {
        this.relay = relay;
        this.from = from;
        this.outlet = outlet;
        first = toxics.first();
        begin = toxics.begin();
        coalesced = toxics.coalesced();
    }

    Outlet outlet() {
        return outlet;
    }

    /** The reading thread's work. */
    void read() {
        try {
            var bytes = new byte[READ_BYTES];
            for (int length; (length = from.getInputStream().read(bytes)) >= 0; ) {
                pieces.put(new Piece(Arrays.copyOf(bytes, length), System.nanoTime(), false));
            }
            pieces.put(new Piece(new byte[0], System.nanoTime(), true));
        } catch (IOException reset) {
            relay.resetBySide();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** The writing thread's work. */
    void write() {
        try {
            begin.run();
            for (boolean ended = false; !ended; ) {
                ended = pass(collected(pieces.take()));
            }
            relay.ended();
        } catch (IOException reset) {
            relay.resetBySide();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean pass(Piece piece) throws IOException, InterruptedException {
        if (piece.bytes().length > 0) {
            first.bytes(piece.bytes(), 0, piece.bytes().length, piece.due());
        }
        if (piece.last()) {
            first.end(piece.due());
        }
        return piece.last();
    }

    private Piece collected(Piece begun) throws InterruptedException {
        if (coalesced.isEmpty() || begun.last()) {
            return begun;
        }
        relay.pauseUntil(begun.due() + coalesced.get().toNanos());
        List<Piece> more = new ArrayList<>();
        pieces.drainTo(more);
        var all = new ByteArrayOutputStream();
        all.writeBytes(begun.bytes());
        more.forEach(piece -> all.writeBytes(piece.bytes()));
        boolean last = !more.isEmpty() && more.getLast().last();
        return new Piece(all.toByteArray(), begun.due(), last);
    }
}

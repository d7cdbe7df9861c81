package dev.berth.testkit.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The toxics of one direction of one connection, joined: each passes on to the next, the last one to the outlet.
 *
 * @param first takes the bytes
 * @param begin is done before the first byte comes, on the writing thread
 * @param coalesced how long bytes are collected before they are passed to the first
 */
record Chain(Sink first, Stop.Action begin, Optional<Duration> coalesced) {

    /** What a chain needs to know of the connection it is for. */
    record Place(Relay relay, Direction direction, Random random) {}

    /** Joins the toxics. */
    static Chain of(List<Toxic> toxics, Outlet outlet, Place place) {
        List<Stop.Action> begins = new ArrayList<>();
        Optional<Duration> coalesced = Optional.empty();
        Sink first = outlet;
        for (Toxic toxic : toxics.reversed()) {
            if (toxic instanceof Toxic.Coalesce(Duration time)) {
                coalesced = Optional.of(time);
            } else {
                first = joined(toxic, first, place, begins);
            }
        }
        return new Chain(first, () -> run(begins), coalesced);
    }

    private static Sink joined(Toxic toxic, Sink next, Place place, List<Stop.Action> begins) {
        Relay relay = place.relay();
        Random random = place.random();
        return switch (toxic) {
            case Toxic.Latency(Duration time) -> Delay.ofAll(next, relay, time::toNanos);
            case Toxic.Jitter(Duration most) -> Delay.ofAll(next, relay, () -> random.nextLong(most.toNanos() + 1));
            case Toxic.SlowClose(Duration delay) -> Delay.ofEnd(next, relay, delay);
            case Toxic.Bandwidth(int rate) -> new Slices(next, relay, () -> rate / 100, piece -> piece * 1_000_000_000L / rate);
            case Toxic.Slicer(int bytes, int spread, Duration pause) ->
                new Slices(next, relay, () -> bytes - spread + random.nextInt(2 * spread + 1), _ -> pause.toNanos());
            case Toxic.SplitEvery(int bytes) -> new Slices(next, relay, () -> bytes, _ -> 0);
            case Toxic.CorruptByte(long at) -> new Corruption(next, at, 1 + random.nextInt(255));
            case Toxic.CutAfterFrames cut -> new FrameStop(next, cut, relay::reset);
            case Toxic.LimitData(long bytes) -> stop(next, bytes, relay::finish, begins);
            case Toxic.CutAfterBytes(long bytes) -> stop(next, bytes, relay::reset, begins);
            case Toxic.FinOneWay(long after) -> stop(next, after, () -> relay.finish(place.direction()), begins);
            case Toxic.StallOneWay(long after) -> stop(next, after, () -> relay.stallHere(place.direction()), begins);
            case Toxic.HalfOpen(long after) ->
                stop(new Stop(next, after, relay::hideResets, relay::halfOpenHere), begins);
            case Toxic.RstNow() -> before(next, relay::reset, begins);
            case Toxic.Timeout(Duration time) -> before(next, () -> relay.closeAfter(time), begins);
            case Toxic.ResetPeer(Duration time) -> before(next, () -> relay.resetAfter(time), begins);
            // Done by the acceptor, and above.
            case Toxic.AcceptThenClose _, Toxic.Refuse _, Toxic.Coalesce _ -> next;
        };
    }

    private static Sink stop(Sink next, long after, Stop.Action action, List<Stop.Action> begins) {
        return stop(new Stop(next, after, () -> {}, action), begins);
    }

    private static Sink stop(Stop stop, List<Stop.Action> begins) {
        return before(stop, stop::stopIfAtOnce, begins);
    }

    private static Sink before(Sink next, Stop.Action action, List<Stop.Action> begins) {
        begins.add(action);
        return next;
    }

    private static void run(List<Stop.Action> begins) throws IOException, InterruptedException {
        for (var begin : begins) {
            begin.run();
        }
    }
}

package dev.berth.testkit.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.berth.framing.Framing;

/**
 * Which fault each connection through a {@link ChaosProxy} gets: the first one the first of the list, the second one the second;
 * connections beyond the list get none. The same seed makes the same list, so a failure is played again from the seed that a test
 * has printed. Immutable.
 *
 * @param seed what everything is drawn from
 * @param faults one for each connection, in order of accept
 */
public record Schedule(long seed, List<Fault> faults) {
    private static final int KINDS = 19;
    private static final int MOST_BYTES = 4_096;
    private static final int MOST_FRAMES = 20;
    private static final int MOST_MILLIS = 50;

    /** No fault for anybody. */
    public static final Schedule NONE = new Schedule(0, List.of());

    /** The list is copied. */
    public Schedule {
        faults = List.copyOf(faults);
    }

    /**
     * So many faults of all kinds, drawn from the seed: times up to 50 ms, positions within the first 4096 bytes or 20 frames.
     *
     * @param framing where a frame ends, for the cuts between two of them
     */
    public static Schedule draw(long seed, int connections, Framing framing) {
        // Not a generator by name: that one is specified, and the same with every JDK.
        var random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            var direction = random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT;
            faults.add(new Fault(direction, toxic(random, framing)));
        }
        return new Schedule(seed, faults);
    }

    /** Seed and faults, one a line, to be printed before a test begins. */
    @Override
    public String toString() {
        return IntStream.range(0, faults.size())
                .mapToObj(i -> "\n  " + (i + 1) + " " + faults.get(i).direction() + " " + faults.get(i).toxic())
                .collect(Collectors.joining("", "seed " + seed, ""));
    }

    private static Toxic toxic(Random random, Framing framing) {
        int kind = random.nextInt(KINDS);
        long bytes = random.nextInt(MOST_BYTES);
        var time = Duration.ofMillis(1 + random.nextInt(MOST_MILLIS));
        return switch (kind) {
            case 0 -> new Toxic.Latency(time);
            case 1 -> new Toxic.Jitter(time);
            case 2 -> new Toxic.Bandwidth(MOST_BYTES + (int) bytes);
            case 3 -> new Toxic.SlowClose(time);
            case 4 -> new Toxic.Timeout(time);
            case 5 -> new Toxic.Slicer(1 + (int) bytes / 2, (int) bytes / 2, Duration.ofMillis(1));
            case 6 -> new Toxic.LimitData(bytes);
            case 7 -> new Toxic.HalfOpen(bytes);
            case 8 -> new Toxic.StallOneWay(bytes);
            case 9 -> new Toxic.FinOneWay(bytes);
            case 10 -> new Toxic.RstNow();
            case 11 -> new Toxic.CorruptByte(bytes);
            case 12 -> new Toxic.CutAfterBytes(bytes);
            case 13 -> new Toxic.CutAfterFrames(random.nextInt(MOST_FRAMES), framing);
            case 14 -> new Toxic.SplitEvery(1 + (int) bytes % 8);
            case 15 -> new Toxic.Coalesce(time);
            case 16 -> new Toxic.AcceptThenClose();
            case 17 -> new Toxic.ResetPeer(time);
            default -> new Toxic.Refuse(time);
        };
    }
}

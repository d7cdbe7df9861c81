package dev.berth.acceptance.longrun;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

import dev.berth.server.Closed;
import dev.berth.transport.CloseReason;

/** P10: a consumer that is too slow is cut by its own limit, and nobody else misses anything. */
final class SlowConsumers implements Promise {
    private static final int KIB = 1 << 10;
    private static final int IN_TEN = 10;

    /**
     * Of each output, in one room.
     *
     * @param line bytes of each line, its end included
     * @param most unsent bytes that it may hold
     */
    private record Sizes(int line, int most) {
        @Override
        public String toString() {
            return " (%d KiB, lines of %,d bytes)".formatted(most / KIB, line);
        }
    }

    @Override
    public String name() {
        return "p10-slow-consumers";
    }

    @Override
    public String promised() {
        return """
                In a room of 100 readers, 10 of which read nothing, each of the 10 is cut by the hard limit of its own output: what is unsent
                then is at most the limit and a line, and more than the limit less a line. The 90 get every line, once and in order; and
                for each of the 100, lines meant for it are lines accepted and drops counted. A room is a handler that sends each line to
                all; groups and their policies do not exist yet.
                """;
    }

    @Override
    public List<Row> run(Run run) throws Exception {
        var rows = new ArrayList<Row>();
        int all = run.either(100, 20);
        for (int line : run.either(List.of(1_000, 10_000, 60_000), List.of(10_000))) {
            for (int most : run.either(List.of(128 * KIB, 1_024 * KIB, 4_096 * KIB), List.of(256 * KIB))) {
                rows.addAll(room(run, all - all / IN_TEN, all / IN_TEN, new Sizes(line, most)));
            }
        }
        return rows;
    }

    private static List<Row> room(Run run, int reading, int stalled, Sizes sizes) throws Exception {
        try (var people = new RoomRun(reading, stalled, sizes.line(), sizes.most())) {
            long said = people.speak();
            var deafPorts = people.deafPorts();
            var room = people.left();
            var ends = room.ends().values();
            var deaf = ends.stream().filter(end -> deafPorts.contains(end.peer().getPort())).toList();
            var others = ends.stream().filter(end -> !deaf.contains(end)).toList();
            for (var reader : people.readers()) {
                if (reader.fault() != null) {
                    run.note("a reader: " + reader.fault());
                }
            }
            long missed = people.readers().stream().mapToLong(reader -> said - reader.heard()).sum();
            long faults = people.readers().stream().filter(reader -> reader.fault() != null).count();
            var unsent = deaf.stream().mapToLong(end -> unsent(end, sizes)).summaryStatistics();
            run.note(("%d said to %d; of %d stalled: unsent when cut %d to %d bytes, lines meant for them %d, accepted %d, dropped %d" + sizes)
                    .formatted(said, reading + stalled, deaf.size(), unsent.getMin(), unsent.getMax(), sum(deaf, room::attempts),
                            deaf.stream().mapToLong(Closed::framesOut).sum(), sum(deaf, room::drops)));
            return List.of(
                    Row.exactly("lines the %d missed or got wrong, of %,d".formatted(reading, said * reading) + sizes, 0, missed + faults),
                    Row.exactly("their drops" + sizes, 0, sum(others, room::drops)),
                    Row.exactly("ledgers of lines that do not add up, of %d".formatted(ends.size()) + sizes, 0,
                            ends.stream().filter(end -> room.attempts(end.id()) != end.framesOut() + room.drops(end.id())).count()),
                    Row.exactly("stalled readers cut as slow" + sizes, stalled,
                            deaf.stream().filter(end -> end.reason() == CloseReason.SLOW_READER).count()),
                    Row.atMost("unsent bytes over the limit when cut, most" + sizes, sizes.line(), (double) (unsent.getMax() - sizes.most()), "bytes"),
                    Row.atMost("unsent bytes under the limit when cut, most" + sizes, sizes.line(), (double) (sizes.most() - unsent.getMin()), "bytes"));
        }
    }

    /** What the server had accepted for this client and not yet handed to the system. */
    private static long unsent(Closed end, Sizes sizes) {
        return end.framesOut() * sizes.line() - end.bytesOut();
    }

    private static long sum(List<Closed> ends, LongUnaryOperator count) {
        return ends.stream().mapToLong(end -> count.applyAsLong(end.id())).sum();
    }
}

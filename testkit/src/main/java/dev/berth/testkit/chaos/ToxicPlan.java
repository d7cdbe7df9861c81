package dev.berth.testkit.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What goes wrong with which connection: what holds for all of them, and the schedule. Immutable.
 *
 * @param connection which one, from 0, in order of accept
 */
record ToxicPlan(Schedule schedule, List<Toxic> toServer, List<Toxic> toClient, long seed, int connection) {

    /** Copies the lists. */
    ToxicPlan {
        toServer = List.copyOf(toServer);
        toClient = List.copyOf(toClient);
    }

    /** The same for the connection after this one. */
    ToxicPlan next() {
        return new ToxicPlan(schedule, toServer, toClient, seed, connection + 1);
    }

    /** What this connection's bytes pass this way, in order. */
    List<Toxic> toxics(Direction direction) {
        List<Toxic> all = new ArrayList<>(direction == Direction.TO_SERVER ? toServer : toClient);
        scheduled().filter(fault -> fault.direction() == direction).ifPresent(fault -> all.add(fault.toxic()));
        return all;
    }

    /** All of this connection's toxics, both ways. */
    Stream<Toxic> all() {
        return Stream.of(Direction.values()).flatMap(direction -> toxics(direction).stream());
    }

    /** Draws for this direction of this connection, whatever others draw meanwhile. */
    Random random(Direction direction) {
        // Random mixes little of the seed into its first draws: neighbours would draw nearly the same.
        return new Random((seed * 31 + connection * 2L + (direction == Direction.TO_SERVER ? 0 : 1)) * 0x9E3779B97F4A7C15L);
    }

    private Optional<Fault> scheduled() {
        return connection < schedule.faults().size() ? Optional.of(schedule.faults().get(connection)) : Optional.empty();
    }
}

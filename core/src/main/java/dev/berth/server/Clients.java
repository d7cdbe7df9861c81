package dev.berth.server;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The clients of one server that wait, have a place, or are on their way out, by number. Thread-safe. */
final class Clients {
    private final Map<Long, ConnectionTask<?>> byId = new ConcurrentHashMap<>();

    void add(ConnectionTask<?> task) {
        byId.put(task.key(), task);
    }

    /** Takes no memory: whoever ends must not stay for want of it. */
    void remove(ConnectionTask<?> task) {
        byId.remove(task.key(), task);
    }

    /** Shows every one of them, in no order. */
    void forEach(Consumer<ConnectionTask<?>> action) {
        byId.values().forEach(action);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    Optional<ConnectionTask<?>> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All of them, in order of accept. */
    List<ConnectionTask<?>> list() {
        return byId.values().stream().sorted(Comparator.comparingLong(ConnectionTask::id)).toList();
    }

    /** The client served longest that nobody has ended yet. */
    Optional<ConnectionTask<?>> oldestServed() {
        return byId.values().stream()
                .filter(ConnectionTask::isReplaceable)
                .min(Comparator.comparingLong(ConnectionTask::id));
    }
}

package dev.berth.acceptance.longrun;

import java.util.List;

/** All promises that can be run, by number. */
final class Promises {
    private static final List<Promise> ALL = List.of(
            new Descriptors(),
            new Leaks(),
            new HostileMemory(),
            new MemoryCeiling(),
            new Isolation(),
            new DeadlinesKept(),
            new SlowConsumers(),
            new NoDescriptors(),
            new HandlersThrow(),
            new BusyCarriers(),
            new Stopping(),
            new ClockJumps(),
            new EveryEnd());

    private Promises() {}

    static List<Promise> all() {
        return ALL;
    }

    /** The one with this name, or with this number: {@code p4-descriptors}, {@code p4}. */
    static Promise named(String name) {
        return ALL.stream()
                .filter(promise -> promise.name().equals(name) || promise.name().startsWith(name + "-"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no promise " + name + "; there are "
                        + ALL.stream().map(Promise::name).toList()));
    }
}

package dev.berth.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.berth.cli.demo.Step.Kind;

/** Collects what happens on the sockets, in the order in which it was seen. Thread-safe. */
final class Observations {
    private final long start = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Actor> clients = new ConcurrentHashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /** Remembers which client comes from that port. */
    void met(int port, Actor client) {
        clients.put(port, client);
    }

    /** How the client from that port is called. */
    String name(int port) {
        var client = clients.get(port);
        return client == null ? "port " + port : client.text() + " (port " + port + ")";
    }

    void saw(Actor actor, Kind kind, String text) {
        lock.lock();
        try {
            steps.add(new Step(Duration.ofNanos(System.nanoTime() - start), actor, kind, text));
        } finally {
            lock.unlock();
        }
    }

    List<Step> steps() {
        lock.lock();
        try {
            return List.copyOf(steps);
        } finally {
            lock.unlock();
        }
    }

    boolean sawAny(Actor actor, Kind kind) {
        return count(actor, kind) > 0;
    }

    long count(Actor actor, Kind kind) {
        return steps().stream().filter(step -> step.actor() == actor && step.kind() == kind).count();
    }
}

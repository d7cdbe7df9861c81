package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import dev.berth.connection.Connection;
import dev.berth.server.Closed;
import dev.berth.server.ServerEvents;

/**
 * A chat room as a handler makes one without groups: who says {@code join} gets every line that anybody else says, in a send of its own.
 *
 * <p>Thread-safe. It counts what it sent to each member, and what it could not.
 */
final class Room implements ServerEvents {
    private final Map<Long, Connection<String>> members = new ConcurrentHashMap<>();
    private final Map<Long, LongAdder> attempts = new ConcurrentHashMap<>();
    private final Map<Long, LongAdder> drops = new ConcurrentHashMap<>();
    private final Map<Long, Closed> ends = new ConcurrentHashMap<>();

    void handle(Connection<String> client) throws Exception {
        try {
            for (String line; (line = client.receive()) != null; ) {
                if (line.equals("join")) {
                    attempts.put(client.id(), new LongAdder());
                    drops.put(client.id(), new LongAdder());
                    members.put(client.id(), client);
                } else {
                    sendToAll(line);
                }
            }
        } finally {
            members.remove(client.id());
        }
    }

    private void sendToAll(String line) {
        for (var member : members.entrySet()) {
            count(attempts, member.getKey());
            try {
                member.getValue().send(line);
            } catch (IOException cut) {
                // Its own handler takes it out; until then each line is one more that it does not get.
                count(drops, member.getKey());
            }
        }
    }

    private static void count(Map<Long, LongAdder> counts, long id) {
        counts.computeIfAbsent(id, _ -> new LongAdder()).increment();
    }

    int members() {
        return members.size();
    }

    /** How often a line was to be sent to this one. */
    long attempts(long id) {
        return attempts.getOrDefault(id, new LongAdder()).sum();
    }

    /** How often that could not be. */
    long drops(long id) {
        return drops.getOrDefault(id, new LongAdder()).sum();
    }

    @Override
    public void closed(Closed closed) {
        ends.put(closed.id(), closed);
    }

    /** How clients ended so far, by number. */
    Map<Long, Closed> ends() {
        return ends;
    }
}

package dev.berth.testkit.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.berth.server.TcpServer;

/**
 * What this process has at one moment.
 *
 * @param sockets the open ones, and what the JDK waits on them with, each with how it is called
 * @param threads Berth's, by name
 * @param places of each watched server: who has one or waits for one
 * @param unsentBytes what the watched links hold
 */
record Belongings(List<String> sockets, List<String> threads, Map<String, Integer> places, long unsentBytes) {
    /** One for each transport, as long as it has something to watch and a second more: it is no client's. */
    private static final String SWEEPER = "berth-sweeper";

    /** Looks. */
    static Belongings now(List<TcpServer> servers, long unsentBytes) {
        Map<String, Integer> places = new TreeMap<>();
        for (var server : servers) {
            var snapshot = server.snapshot();
            places.merge(snapshot.name(), snapshot.live() + snapshot.waiting(), Integer::sum);
        }
        var threads = ThreadDump.berthThreads().stream().filter(name -> !name.equals(SWEEPER)).toList();
        return new Belongings(Descriptors.open(), threads, places, unsentBytes);
    }

    /** What is here and was not before, a line each. Fewer than before is no fault. */
    List<String> beyond(Belongings before) {
        List<String> lines = new ArrayList<>();
        var newThreads = without(threads, before.threads());
        if (!newThreads.isEmpty()) {
            lines.add(newThreads.size() + " of Berth's threads: " + String.join(", ", newThreads));
        }
        if (sockets.size() > before.sockets().size()) {
            lines.add(sockets.size() - before.sockets().size() + " descriptors (" + before.sockets().size() + " before, " + sockets.size()
                    + " after): among " + String.join(", ", without(sockets, before.sockets())));
        }
        places.forEach((server, taken) -> {
            int earlier = before.places().getOrDefault(server, 0);
            if (taken > earlier) {
                lines.add("server " + server + ": " + (taken - earlier) + " clients that have a place or wait for one");
            }
        });
        if (unsentBytes > before.unsentBytes()) {
            lines.add((unsentBytes - before.unsentBytes()) + " bytes that links hold unsent");
        }
        return lines;
    }

    private static List<String> without(List<String> all, List<String> known) {
        List<String> left = new ArrayList<>(all);
        known.forEach(left::remove);
        return left;
    }
}

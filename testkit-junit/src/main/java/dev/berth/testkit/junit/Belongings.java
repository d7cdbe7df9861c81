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
 * @param threads Berth's, and all virtual ones
 * @param places of each watched server: who has one or waits for one
 * @param unsentBytes what the watched links hold
 */
record Belongings(List<String> sockets, Threads threads, Map<String, Integer> places, long unsentBytes) {
    /** Looks. */
    static Belongings now(List<TcpServer> servers, long unsentBytes) {
        Map<String, Integer> places = new TreeMap<>();
        for (var server : servers) {
            var snapshot = server.snapshot();
            places.merge(snapshot.name(), snapshot.live() + snapshot.waiting(), Integer::sum);
        }
        return new Belongings(Descriptors.open(), Threads.now(), places, unsentBytes);
    }

    /** What is here and was not before, a line each. Fewer than before is no fault. */
    List<String> beyond(Belongings before) {
        List<String> lines = new ArrayList<>(threads.beyond(before.threads()));
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

    /** All but these, each as often as it is known. */
    static List<String> without(List<String> all, List<String> known) {
        List<String> left = new ArrayList<>(all);
        known.forEach(left::remove);
        return left;
    }
}

package dev.berth.testkit.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The threads of this process that a test must not leave behind.
 *
 * @param berths Berth's, but for the timers, by name
 * @param timers those that keep the deadlines of Berth's servers, one for each server, by name
 * @param others virtual ones that are not Berth's, by number and name
 */
record Threads(List<String> berths, List<String> timers, List<String> others) {
    /** A line of the dump: {@code #25 "name" virtual WAITING}. */
    private static final Pattern THREAD = Pattern.compile("(?m)^(#\\d+) \"([^\"]*)\"( virtual)?");
    /** Berth's own, and those of the testkit's proxy. */
    private static final Pattern BERTH = Pattern.compile("(berth|chaos)-.*");
    private static final Pattern TIMER = Pattern.compile("berth-.*-timer");
    /** One for each transport, as long as it has something to watch and a second more: it is no client's. */
    private static final String SWEEPER = "berth-sweeper";
    /** The JDK's, which wait for the sockets of virtual threads. It keeps them. */
    private static final Pattern POLLER = Pattern.compile(".*Poller.*");

    /** Looks. */
    static Threads now() {
        List<String> berths = new ArrayList<>();
        List<String> timers = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (MatchResult thread : THREAD.matcher(ThreadDump.text()).results().toList()) {
            String name = thread.group(2);
            boolean virtual = thread.group(3) != null;
            if (TIMER.matcher(name).matches()) {
                timers.add(name);
            } else if (BERTH.matcher(name).matches()) {
                berths.add(name);
            } else if (virtual && !POLLER.matcher(name).matches()) {
                others.add((thread.group(1) + " " + name).strip());
            }
        }
        berths.removeIf(SWEEPER::equals);
        return new Threads(berths, timers, others);
    }

    /** Those that are here and were not before, a line for each kind. */
    List<String> beyond(Threads before) {
        List<String> lines = new ArrayList<>();
        tell("of Berth's threads", Belongings.without(berths, before.berths()), lines);
        tell("timers of servers", Belongings.without(timers, before.timers()), lines);
        tell("virtual threads", Belongings.without(others, before.others()), lines);
        return lines;
    }

    private static void tell(String what, List<String> threads, List<String> lines) {
        if (!threads.isEmpty()) {
            lines.add(threads.size() + " " + what + ": " + String.join(", ", threads));
        }
    }
}

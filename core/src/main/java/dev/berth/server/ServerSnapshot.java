package dev.berth.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import dev.berth.connection.ConnectionSnapshot;
import dev.berth.transport.CloseReason;

/**
 * What was known of a server at one moment. In every snapshot
 * {@code accepted = refused + waiting + live + closed}.
 *
 * @param name the server's name
 * @param address the address it listens on
 * @param backlog the effective backlog
 * @param suspended whether it accepts nobody for now
 * @param draining whether it accepts nobody any more
 * @param accepted clients accepted so far
 * @param refused clients never served so far
 * @param waiting clients in the queue
 * @param live clients with a place
 * @param closed clients served so far
 * @param refusedBy the refused by reason
 * @param closedBy the closed by reason
 * @param acceptErrors failed accepts so far
 * @param observerFailures exceptions thrown by the observer so far
 * @param observerSlow calls of the observer that took longer than 10 ms so far
 * @param clients the clients that wait, have a place, or are on their way out and have yet to be told as such, by number
 */
public record ServerSnapshot(
        String name,
        InetSocketAddress address,
        int backlog,
        boolean suspended,
        boolean draining,
        long accepted,
        long refused,
        int waiting,
        int live,
        long closed,
        Map<RefuseReason, Long> refusedBy,
        Map<CloseReason, Long> closedBy,
        long acceptErrors,
        long observerFailures,
        long observerSlow,
        List<ConnectionSnapshot> clients) {}

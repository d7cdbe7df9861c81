package dev.berth.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One end of a TCP connection as the system has it, from proc(5).
 *
 * @param localPort of this end
 * @param remotePort of the other end
 * @param state its number in hexadecimal digits, {@code 01} for ESTABLISHED
 * @param queues bytes not acknowledged by the other end and bytes not read, in hexadecimal digits
 */
public record SystemConnection(int localPort, int remotePort, String state, String queues) {
    /** The state of an end that waits so that nothing of the past comes to who has its port next. */
    public static final String TIME_WAIT = "06";

    /** A socket of the JDK speaks IPv4 as IPv6, where there is IPv6. */
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final Path COUNTERS = Path.of("/proc/net/netstat");
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int QUEUES = 4;
    private static final int HEX = 16;

    /** All of this machine's, those that listen too. */
    public static List<SystemConnection> all() throws IOException {
        var all = new ArrayList<SystemConnection>();
        for (var table : TABLES) {
            Files.readString(table).lines()
                    .skip(1)
                    .map(line -> line.strip().split(" +", -1))
                    .map(fields -> new SystemConnection(port(fields[LOCAL]), port(fields[REMOTE]), fields[STATE], fields[QUEUES]))
                    .forEach(all::add);
        }
        return all;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), HEX);
    }

    /** Both ends of what is connected, or was, with this port on one side, as text. */
    public static String about(int port) throws IOException {
        return all().stream()
                .filter(end -> end.localPort == port || end.remotePort == port)
                .map(end -> String.format(Locale.ROOT, "%d to %d in state %s, queues %s", end.localPort, end.remotePort, end.state, end.queues))
                .toList()
                .toString();
    }

    /** A number that the system counts since its start, by its name under TcpExt, such as {@code ListenDrops}. */
    public static long counted(String name) throws IOException {
        var lines = Files.readString(COUNTERS).lines().filter(line -> line.startsWith("TcpExt:")).map(line -> line.split(" ", -1)).toList();
        return Long.parseLong(lines.getLast()[List.of(lines.getFirst()).indexOf(name)]);
    }
}

package dev.berth.acceptance.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;

import dev.berth.client.ConnectFailedException;
import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;

/**
 * A client that opens connections to a server of this machine until there is no port left to come from, goes on trying, and
 * then ends one and comes back.
 *
 * <p>Says {@code held N}, {@code kind KIND}, {@code message TEXT}, {@code took MILLIS} of all vain tries, {@code leaked N}
 * descriptors, and {@code again ANSWER} from the connection that came about at last.
 */
final class PortUser {
    private static final int MAX_HELD = 1_000;
    private static final int VAIN_TRIES = 100;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private PortUser() {}

    /** The argument is the server's port. */
    static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        var held = new ArrayDeque<Connection<String>>();
        var failure = useUp(port, held);
        System.out.println("held " + held.size());
        System.out.println("kind " + failure.kind());
        System.out.println("message " + failure.getMessage());

        long before = descriptors();
        long start = System.nanoTime();
        for (int i = 0; i < VAIN_TRIES; i++) {
            useUp(port, held);
        }
        System.out.println("took " + Duration.ofNanos(System.nanoTime() - start).toMillis());
        System.out.println("leaked " + (descriptors() - before));

        held.removeFirst().close();
        System.out.println("again " + comeBack(port));
    }

    /** As a client that reconnects does: the port is in TIME_WAIT first, on loopback for a second. */
    private static String comeBack(int port) throws IOException {
        while (true) {
            try (var again = TcpClient.connect("127.0.0.1", port)) {
                return again.request("hello");
            } catch (ConnectFailedException noPortYet) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static ConnectFailedException useUp(int port, ArrayDeque<Connection<String>> held) throws IOException {
        while (held.size() < MAX_HELD) {
            try {
                held.add(TcpClient.connect("127.0.0.1", port));
            } catch (ConnectFailedException e) {
                return e;
            }
        }
        throw new IOException("there are ports enough");
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }
}

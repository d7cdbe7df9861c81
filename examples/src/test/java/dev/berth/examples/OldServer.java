package dev.berth.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The accept loop of before, running on a free port. Its threads are a group of their own, so that they can be counted. */
final class OldServer implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final ServerSocket main;
    private final ThreadGroup threads = new ThreadGroup("old server") {
        @Override
        public void uncaughtException(Thread thread, Throwable error) {
            // What happens then is what the test looks at.
        }
    };
    private final Thread accepting;

    private OldServer(ServerSocket main) {
        this.main = main;
        accepting = new Thread(threads, () -> serve(main), "old accept loop");
        accepting.start();
    }

    static OldServer start() throws IOException {
        return new OldServer(new KeptSockets());
    }

    private static void serve(ServerSocket main) {
        try {
            new OldReadings().serve(main);
        } catch (IOException | RuntimeException ended) {
            // As in a process of its own: nobody accepts any more.
        }
    }

    StoryClient connect() throws IOException {
        return StoryClient.connect(main.getLocalPort());
    }

    /** Refers to every socket it accepts: the garbage collector would close one that nobody refers to, in its own good time. */
    private static final class KeptSockets extends ServerSocket {
        private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

        KeptSockets() throws IOException {
            super(0, BACKLOG, InetAddress.getLoopbackAddress());
        }

        @Override
        public Socket accept() throws IOException {
            Socket client = super.accept();
            accepted.add(client);
            return client;
        }
    }

    boolean isAccepting() {
        return accepting.isAlive();
    }

    /** How many threads talk to a client. */
    int talking() {
        return threads.activeCount() - (isAccepting() ? 1 : 0);
    }

    @Override
    public void close() throws IOException {
        main.close();
    }
}

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Every client gets its own socket and its own thread, in plain Java.
 *
 * <p>Run {@code java ThreadPerClient.java} and open as many terminals with {@code nc 127.0.0.1 8080} as you like: each
 * is answered at once and gets its own answers. The main socket only listens; clients wait in a queue for one of
 * {@value #PLACES} places; then each is handed to its own thread with its own socket.
 *
 * <p>What these lines leave out: a line that never ends, a client that never reads, a full queue that says why, a way
 * to stop politely, and a machine that runs out of descriptors. {@code WithBerth.java} has all of them.
 */
final class ThreadPerClient {

    private static final int PLACES = 1_000;

    private final BlockingQueue<Socket> queue = new ArrayBlockingQueue<>(100);
    private final Semaphore places = new Semaphore(PLACES);

    static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        var main = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        System.out.println("listening on 127.0.0.1:" + main.getLocalPort());

        var server = new ThreadPerClient();
        Thread.ofPlatform().daemon().name("admission").start(server::admit);
        server.accept(main);
    }

    /** 1. The main socket only listens: it takes clients one by one and puts them into the queue. */
    void accept(ServerSocket main) throws IOException {
        while (true) {
            Socket client = main.accept();
            if (!queue.offer(client)) {
                client.close(); // the queue is full: refused
            }
        }
    }

    /** 2. The queue: the client that has waited longest gets the next free place. */
    void admit() {
        try {
            while (true) {
                places.acquire();
                Socket client = queue.take();
                Thread.ofVirtual().name("client " + client.getRemoteSocketAddress()).start(() -> serve(client));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** 3. The client's own thread with its own socket: from here on no other client can disturb it. */
    void serve(Socket client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
            for (String line; (line = in.readLine()) != null; ) {
                client.getOutputStream().write(("you said " + line + "\n").getBytes(UTF_8));
            }
        } catch (IOException e) {
            System.err.println("a client is gone: " + e.getMessage());
        } finally {
            places.release();
        }
    }
}

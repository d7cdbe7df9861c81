import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Clients share one server object and its one socket, so answers go to the wrong client.
 *
 * <p>Run {@code java OneSharedSocket.java} and open two terminals with {@code nc 127.0.0.1 8080}. The first client is
 * answered as long as it is alone. When the second has connected, type in the first again: its answer appears at the
 * second, and what the first types after that is read by nobody.
 */
final class OneSharedSocket {

    private final ServerSocket main;

    // The one socket. Volatile, so that what goes wrong is the shape and not the visibility of a field.
    private volatile Socket client;
    private volatile BufferedReader in;

    OneSharedSocket(ServerSocket main) {
        this.main = main;
    }

    static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        var main = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        System.out.println("listening on 127.0.0.1:" + main.getLocalPort());

        var server = new OneSharedSocket(main);
        while (true) {
            server.accept();
            Thread.startVirtualThread(server::talk); // a thread for each client, but still one socket for all
        }
    }

    /** Waits for the next client, who takes the field from the client before. */
    void accept() throws IOException {
        client = main.accept();
        in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
    }

    void talk() {
        try {
            for (String line; (line = receive()) != null; ) {
                send("you said " + line);
            }
            client.close(); // whoever that is by now
        } catch (IOException e) {
            System.err.println("a client is gone: " + e.getMessage());
        }
    }

    String receive() throws IOException {
        return in.readLine();
    }

    /** Answers whoever is in the field by now, which need not be the one who asked. */
    void send(String line) throws IOException {
        client.getOutputStream().write((line + "\n").getBytes(UTF_8));
    }
}

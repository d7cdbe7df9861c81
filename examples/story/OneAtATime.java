import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * One client at a time: the second is connected and silent until the first has gone.
 *
 * <p>Run {@code java OneAtATime.java} and open two terminals with {@code nc 127.0.0.1 8080}. Both connect, because the
 * kernel completes the second connection and keeps it in its backlog. What the second types is answered only when the
 * first ends with Ctrl-C, and then all at once.
 */
final class OneAtATime {

    static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        try (var main = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            System.out.println("listening on 127.0.0.1:" + main.getLocalPort());
            while (true) {
                talk(main.accept()); // nobody is accepted before talk returns
            }
        }
    }

    /** Answers one client until it leaves. */
    static void talk(Socket client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
            for (String line; (line = in.readLine()) != null; ) {
                client.getOutputStream().write(("you said " + line + "\n").getBytes(UTF_8));
            }
        } catch (IOException e) {
            System.err.println("a client is gone: " + e.getMessage());
        }
    }
}

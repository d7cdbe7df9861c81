package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.berth.cli.talking.Troubles;
import dev.berth.server.TcpServer;

/** Makes talking fail, by the text that is said; each returns what was said. */
final class TalkProvocations {
    static final Map<String, Callable<String>> BY_TEXT = new LinkedHashMap<>();

    static {
        BY_TEXT.put("<address> is unreachable: no way leads there from this machine",
                () -> Troubles.connecting(new NoRouteToHostException("No route to host")));
        BY_TEXT.put("<address> did not answer in time; check host, port and firewalls",
                () -> Troubles.connecting(new SocketTimeoutException("Connect timed out")));
        BY_TEXT.put("<address> closed the connection at once: it is full, or does not want this address",
                () -> sendTo(Socket::close));
        BY_TEXT.put("<address> is busy and said: <error>", () -> sendTo(client -> {
            client.getOutputStream().write("BUSY\n".getBytes(UTF_8));
            client.close();
        }));
        BY_TEXT.put("<address> closed the connection without an answer", () -> sendTo(client -> {
            client.getInputStream().readNBytes(3);
            client.close();
        }));
        BY_TEXT.put("<address> ended inside a message; does it frame them in another way (--frame)?"
                + " stream ended inside a frame, after <number> of its bytes", () -> sendTo(client -> {
                    client.getInputStream().readNBytes(3);
                    client.getOutputStream().write("half".getBytes(UTF_8));
                    client.close();
                }));
        BY_TEXT.put("<address> did not answer in time; does it frame messages in another way (--frame), or need longer (--timeout)?",
                () -> sendTo(client -> client.getInputStream().readAllBytes(), "--timeout", "300ms"));
        BY_TEXT.put("<address> sent what is no message: <error>", () -> sendTo(client -> {
            client.getInputStream().readNBytes(4);
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n".getBytes(UTF_8));
            client.getInputStream().readAllBytes();
        }, "--frame", "len2be", "--max-frame", "1000"));
        BY_TEXT.put("<address>: connection ended: peer reset", () -> sendTo(client -> {
            client.getInputStream().readNBytes(3);
            client.setSoLinger(true, 0);
            client.close();
        }));
        BY_TEXT.put("<number> answer, <number> not as recorded", TalkProvocations::replayed);

        BY_TEXT.put("<address> does not read: not every message could be sent", TalkProvocations::replayedToAWall);
        BY_TEXT.put("<address> closed the connection before all of the input was sent", () -> {
            try (TcpServer server = TcpServer.listen(0, _ -> {});
                    RunningCommand connect = RunningCommand.withInput(new PipedInputStream(new PipedOutputStream()), "connect", ":" + server.port())) {
                return connect.exitCode() + " " + connect.err();
            }
        });
        BY_TEXT.put("a line of the input is no message for --frame fixed:4: payload of 2 bytes in fixed:4: exactly 4 are needed",
                () -> connectWith("hi\n", "--frame", "fixed:4"));
        BY_TEXT.put("line 1 of the input: 'g' at position 1 is no hex digit; write hex digits, \"text\", \\r \\n \\t \\0 or \\x1b",
                () -> connectWith("gg\n", "--hex"));
    }

    interface Act<A> {
        void on(A subject) throws Exception;
    }

    private TalkProvocations() {}

    /** A port on which nothing listens: it was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** {@code berth send} to a server that does this with its one client. */
    private static String sendTo(Act<Socket> server, String... options) throws Exception {
        try (ServerSocket main = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                try (Socket client = main.accept()) {
                    server.on(client);
                } catch (Exception ended) {
                    // What the command says is looked at.
                }
            });
            String[] words = new String[options.length + 3];
            words[0] = "send";
            words[1] = ":" + main.getLocalPort();
            words[2] = "hi";
            System.arraycopy(options, 0, words, 3, options.length);
            try (RunningCommand send = RunningCommand.start(words)) {
                return send.exitCode() + " " + send.err();
            }
        }
    }

    private static String connectWith(String input, String... options) throws Exception {
        try (RunningCommand server = RunningCommand.start("serve", "0")) {
            String[] words = new String[options.length + 2];
            words[0] = "connect";
            words[1] = ":" + server.port();
            System.arraycopy(options, 0, words, 2, options.length);
            try (RunningCommand connect = RunningCommand.withInput(input, words)) {
                return connect.exitCode() + " " + connect.err();
            }
        }
    }

    /** A session of more than both kernels and our output hold, to a server that never reads. */
    private static String replayedToAWall() throws Exception {
        Path session = Files.createTempFile("berth", ".session");
        try (ServerSocket main = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(session, "frame raw\nmax-frame 1000000\n" + ("0 > \"" + "x".repeat(1_000_000) + "\"\n").repeat(24));
            try (RunningCommand replay = RunningCommand.start("replay", session.toString(), ":" + main.getLocalPort(), "--timeout", "1s")) {
                return replay.exitCode() + " " + replay.err();
            }
        } finally {
            Files.delete(session);
        }
    }

    private static String replayed() throws Exception {
        Path session = Files.createTempFile("berth", ".session");
        try (RunningCommand server = RunningCommand.start("serve", "0")) {
            Files.writeString(session, "0 > \"hi\"\n1 < \"ho\"\n");
            try (RunningCommand replay = RunningCommand.start("replay", session.toString(), ":" + server.port())) {
                return replay.exitCode() + " " + replay.err();
            }
        } finally {
            Files.delete(session);
        }
    }
}

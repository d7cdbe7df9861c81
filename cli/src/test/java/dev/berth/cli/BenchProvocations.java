package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

import dev.berth.server.Handler;
import dev.berth.server.TcpServer;

/** Makes {@code berth bench} fail, by the text that is said; each returns what was said, and the report. */
final class BenchProvocations {
    static final Map<String, Callable<String>> BY_TEXT = new LinkedHashMap<>();

    static {
        Handler<String> silent = client -> client.forEach(_ -> {});
        BY_TEXT.put("<number> of <number> connections failed; the report says how", () -> bench(silent, "--timeout", "100ms"));
        BY_TEXT.put("<number> no answer in time: after <number> answers", () -> bench(silent, "--timeout", "100ms"));
        BY_TEXT.put("nothing was measured: no message was sent and answered after the warm-up (--warm-up, --duration)",
                () -> bench(client -> client.forEach(client::send), "--rate", "1", "--warm-up", "50ms", "--duration", "1ms"));
        BY_TEXT.put("<number> wrong answer: sent <error>, got <error>", () -> bench(client -> client.forEach(line -> client.send("ok"))));
        BY_TEXT.put("<number> wrong answer: sent <number> messages, got <number> answers", () -> benchRaw(client -> {
            String first = new String(client.getInputStream().readNBytes(65), UTF_8);
            // The message that it would send next begins a letter further. Both leave at once.
            String second = first.substring(1, 64) + (char) ('a' + (first.charAt(63) - 'a' + 1) % 26) + "\n";
            client.getOutputStream().write((first + second).getBytes(UTF_8));
            client.getInputStream().readAllBytes();
        }));
        BY_TEXT.put("<number> closed by the server: after <number> answers", () -> bench(client -> client.send(client.expect())));
        BY_TEXT.put("<number> closed by the server: inside an answer, after <number> answers",
                () -> benchRaw(client -> client.getOutputStream().write(client.getInputStream().readNBytes(10))));
        BY_TEXT.put("<number> connection broken: <error>", () -> benchRaw(client -> {
            client.getInputStream().readNBytes(1);
            client.setSoLinger(true, 0);
        }));
        BY_TEXT.put("<number> rate not reached: <number> messages of one connection were due and not sent:"
                + " the rate is more than the server, this machine, or --depth allows", () -> bench(client -> client.forEach(line -> {
                    LockSupport.parkNanos(10_000_000);
                    client.send(line);
                }), "--rate", "10000", "--depth", "1", "--warm-up", "0s", "--duration", "300ms", "--timeout", "200ms"));
        BY_TEXT.put("<number> could not connect: <error>", BenchProvocations::benchAFullBacklog);
    }

    private BenchProvocations() {}

    private static String bench(Handler<String> handler, String... options) throws Exception {
        try (TcpServer server = TcpServer.listen(0, handler)) {
            return bench(server.port(), 1, options);
        }
    }

    private static String benchRaw(TalkProvocations.Act<Socket> server) throws Exception {
        try (ServerSocket main = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                try (Socket client = main.accept()) {
                    server.on(client);
                } catch (Exception ended) {
                    // What the command says is looked at.
                }
            });
            return bench(main.getLocalPort(), 1);
        }
    }

    /** Nobody accepts, so some connections find room in the backlog and the others do not. */
    private static String benchAFullBacklog() throws Exception {
        try (ServerSocket main = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return bench(main.getLocalPort(), 20, "--timeout", "300ms");
        }
    }

    private static String bench(int port, int connections, String... more) {
        String[] usual = {"bench", ":" + port, "--connections", Integer.toString(connections)};
        String[] words = new String[usual.length + more.length];
        System.arraycopy(usual, 0, words, 0, usual.length);
        System.arraycopy(more, 0, words, usual.length, more.length);
        try (RunningCommand bench = RunningCommand.start(words)) {
            return bench.exitCode() + " " + bench.err() + bench.out();
        }
    }
}

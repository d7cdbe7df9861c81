package dev.berth.acceptance.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

import dev.berth.client.TcpClient;
import dev.berth.framing.Codec;
import dev.berth.server.Closed;
import dev.berth.server.ServerBuilder;
import dev.berth.server.ServerEvents;
import dev.berth.server.TcpServer;

/**
 * An echo server whose parent process talks to it over stdin and stdout.
 *
 * <p>It warms itself up before it says {@code listening PORT}. To {@code errors} on stdin it answers with the number of
 * failed accepts, to {@code live} with the clients it serves, to {@code refused} with those it did not, to {@code reasons} with how
 * many ended why, to {@code heap} with the bytes of live heap, to {@code stacks} with those of parked threads' stacks in it; it ends
 * with its stdin. A failed accept that the server reports is a line {@code acceptFailed MILLIS}, its time.
 */
final class EchoServer implements ServerEvents {
    private static final int MAX_CONNECTIONS = 20_000;

    private final Semaphore ended = new Semaphore(0);

    /** Serves until stdin ends. The first argument is the number of clients to warm up with; then come settings, as name=value. */
    static void main(String[] args) throws IOException {
        var observer = new EchoServer();
        var settings = TcpServer.builder(Codec.lines())
                .port(0)
                .maxConnections(MAX_CONNECTIONS)
                .events(observer)
                .handler(client -> client.forEach(line -> client.send("you said " + line)));
        for (int i = 1; i < args.length; i++) {
            set(settings, args[i].substring(0, args[i].indexOf('=')), args[i].substring(args[i].indexOf('=') + 1));
        }
        try (var server = settings.start();
                var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (int i = 0; i < Integer.parseInt(args[0]); i++) {
                observer.warmUp(server.port());
            }
            say("listening " + server.port());
            for (String command; (command = commands.readLine()) != null; ) {
                say(answer(command, server));
            }
        }
    }

    private static void set(ServerBuilder<String> settings, String name, String value) {
        switch (name) {
            case "host" -> settings.bind(value, 0);
            case "backlog" -> settings.backlog(Integer.parseInt(value));
            case "port" -> settings.port(Integer.parseInt(value));
            case "deadAfter" -> settings.deadAfter(Duration.parse(value));
            case "writeTimeout" -> settings.writeTimeout(Duration.parse(value));
            case "maxPerIp" -> settings.maxPerIp(Integer.parseInt(value));
            default -> throw new IllegalArgumentException(name);
        }
    }

    /** Serves one client to its end, so that nothing of it is left. */
    private void warmUp(int port) throws IOException {
        try (var client = TcpClient.connect("127.0.0.1", port)) {
            client.request("hello");
        }
        ended.acquireUninterruptibly();
    }

    private static String answer(String command, TcpServer server) {
        return switch (command) {
            case "errors" -> "errors " + server.snapshot().acceptErrors();
            case "live" -> "live " + server.snapshot().live();
            case "refused" -> "refused " + server.snapshot().refused();
            case "reasons" -> "reasons " + server.snapshot().closedBy();
            case "heap" -> "heap " + LiveHeap.bytes();
            case "stacks" -> "stacks " + LiveHeap.parkedStackBytes();
            default -> "unknown command";
        };
    }

    @Override
    public void closed(Closed closed) {
        ended.release();
    }

    @Override
    public void acceptFailed(IOException error, long failures, Duration pause) {
        say("acceptFailed " + System.currentTimeMillis());
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}

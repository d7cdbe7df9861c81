package dev.berth.acceptance.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import dev.berth.connection.Connection;
import dev.berth.connection.ConnectionSnapshot;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.Handler;
import dev.berth.server.Profile;
import dev.berth.server.ServerBuilder;
import dev.berth.server.ServerSnapshot;
import dev.berth.server.TcpServer;

/**
 * The server that hostile clients meet: a listener for lines and one for frames with a length in front, in one process, with the
 * deadlines for anybody. Arguments change settings of both, {@code frameTimeout=1000}.
 *
 * <p>It says {@code listening LINES LENGTHS}, the two ports, then answers each line {@code WORD} with a line {@code WORD
 * name=number ...}: {@code lines} and {@code lengths} what became of that listener's clients, {@code possessions} what the process
 * has after full collections, {@code load} what it takes without one, {@code clients} how many there are, and what they have sent. It ends
 * with its stdin.
 */
final class TwoEchoes {
    private static final String LOAD = "x".repeat(10_000);
    private static final int LOADS = 6;

    private TwoEchoes() {}

    static void main(String[] args) throws IOException {
        var settings = Arrays.stream(args).map(arg -> arg.split("=", 2)).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        var lineLedger = new Ledger();
        var lengthLedger = new Ledger();
        var collected = Collected.watched();
        int maxFrame = Integer.parseInt(settings.getOrDefault("maxFrame", "65536"));
        Codec<String> byLine = Codec.text(Framing.line().withMaxFrameBytes(maxFrame), UTF_8);
        Codec<byte[]> byLength = Codec.bytes(Framing.parse("len4be").withMaxFrameBytes(maxFrame));
        try (var lines = started(byLine, TwoEchoes::serve, lineLedger, settings);
                var lengths = started(byLength, TwoEchoes::echo, lengthLedger, settings);
                var commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            Target.say("listening " + lines.port() + " " + lengths.port());
            for (String command; (command = commands.readLine()) != null; ) {
                var answer = switch (command) {
                    case "lines" -> lineLedger.with(lines.snapshot());
                    case "lengths" -> lengthLedger.with(lengths.snapshot());
                    case "possessions" -> Possessions.now();
                    case "load" -> collected.now();
                    case "clients" -> clients(lines.snapshot(), lengths.snapshot());
                    default -> throw new IllegalArgumentException("unknown command " + command);
                };
                Target.say(command + " " + text(answer));
            }
        }
    }

    private static <T> TcpServer started(Codec<T> codec, Handler<T> handler, Ledger ledger, Map<String, String> settings)
            throws IOException {
        var builder = TcpServer.builder(codec).port(0).profile(Profile.PUBLIC).events(ledger).handler(handler);
        settings.forEach((name, value) -> set(builder, name, value));
        return builder.start();
    }

    private static void set(ServerBuilder<?> builder, String name, String value) {
        switch (name) {
            case "maxFrame" -> {}
            case "sendBufferBytes" -> builder.sendBufferBytes(Integer.parseInt(value));
            case "maxOutputBytes" -> builder.maxOutputBytes(Integer.parseInt(value));
            case "softOutputBytes" -> builder.softOutputBytes(Integer.parseInt(value));
            case "maxConnections" -> builder.maxConnections(Integer.parseInt(value));
            case "firstByteTimeout" -> builder.firstByteTimeout(millis(value));
            case "frameTimeout" -> builder.frameTimeout(millis(value));
            case "idleTimeout" -> builder.idleTimeout(millis(value));
            case "writeTimeout" -> builder.writeTimeout(millis(value));
            default -> throw new IllegalArgumentException("unknown setting " + name);
        }
    }

    /** Echoes; sends 60 KB to who says {@code much}, and without end to who says {@code flood}. */
    private static void serve(Connection<String> client) throws Exception {
        for (String line; (line = client.receive()) != null; ) {
            if (line.equals("much") || line.equals("flood")) {
                for (int i = 0; i < LOADS || line.equals("flood"); i++) {
                    client.send(LOAD);
                }
            } else {
                client.send(line);
            }
        }
    }

    private static void echo(Connection<byte[]> client) throws Exception {
        client.forEach(client::send);
    }

    private static Map<String, Long> clients(ServerSnapshot... listeners) {
        var clients = Arrays.stream(listeners).flatMap(listener -> listener.clients().stream()).toList();
        return Map.of("live", (long) clients.size(), "bytesIn", clients.stream().mapToLong(ConnectionSnapshot::bytesIn).sum());
    }

    private static Duration millis(String value) {
        return Duration.ofMillis(Long.parseLong(value));
    }

    private static String text(Map<String, Long> numbers) {
        return numbers.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(" "));
    }
}

package dev.berth.acceptance.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.berth.framing.Codec;
import dev.berth.server.Profile;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;
import dev.berth.server.WhenFull;

/**
 * The server that promises with a figure are measured on: its parent process sets it up with arguments, {@code maxQueued=10}, and
 * asks it over stdin.
 *
 * <p>It says {@code listening PORT}, then answers each line {@code WORD} with a line {@code WORD name=number name=number ...}:
 * {@code ledger} what became of its clients, {@code possessions} what the process has after full collections, {@code objects} the
 * instances of each of Berth's classes then, {@code release} lets handlers that compute or block go on. It ends with its stdin.
 */
final class Target {
    private Target() {}

    static void main(String[] args) throws IOException {
        var ledger = new Ledger();
        var behaviour = new Behaviour();
        try (var server = builder(args).events(ledger).handler(behaviour).start();
                var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Possessions.loadEverything();
            say("listening " + server.port());
            for (String command; (command = commands.readLine()) != null; ) {
                var answer = answer(command, server, ledger, behaviour);
                say(command + " "
                        + answer.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining(" ")));
            }
        }
    }

    private static Map<String, Long> answer(String command, TcpServer server, Ledger ledger, Behaviour behaviour) {
        return switch (command) {
            case "ledger" -> ledger.with(server.snapshot());
            case "possessions" -> Possessions.now();
            case "objects" -> new TreeMap<>(LiveHeap.objects("dev.berth."));
            case "release" -> Map.of("released", behaviour.release());
            case "drain" -> drain(server);
            default -> throw new IllegalArgumentException("unknown command " + command);
        };
    }

    private static Map<String, Long> drain(TcpServer server) {
        try {
            var report = server.drain(Duration.ofSeconds(2));
            return Map.of("cut", (long) report.cut(), "finished", (long) report.finished(), "abandoned", (long) report.abandoned());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private static ServerBuilder<String> builder(String[] settings) {
        var given = new TreeMap<String, String>();
        for (var setting : settings) {
            int equals = setting.indexOf('=');
            given.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        var builder = TcpServer.builder(Codec.text(given.getOrDefault("framing", "line"))).port(0);
        given.forEach((name, value) -> set(builder, name, value));
        return builder;
    }

    private static void set(ServerBuilder<String> builder, String name, String value) {
        switch (name) {
            case "framing" -> {} // known already
            case "profile" -> builder.profile(Profile.valueOf(value));
            case "backlog" -> builder.backlog(Integer.parseInt(value));
            case "maxConnections" -> builder.maxConnections(Integer.parseInt(value));
            case "maxQueued" -> builder.maxQueued(Integer.parseInt(value));
            case "maxPerIp" -> builder.maxPerIp(Integer.parseInt(value));
            case "whenFull" -> builder.whenFull(WhenFull.valueOf(value));
            case "busyNotice" -> builder.busyNotice(value);
            case "queueTimeout" -> builder.queueTimeout(millis(value));
            case "firstByteTimeout" -> builder.firstByteTimeout(millis(value));
            case "frameTimeout" -> builder.frameTimeout(millis(value));
            case "idleTimeout" -> builder.idleTimeout(millis(value));
            case "writeTimeout" -> builder.writeTimeout(millis(value));
            case "maxOutputBytes" -> builder.maxOutputBytes(Integer.parseInt(value));
            case "softOutputBytes" -> builder.softOutputBytes(Integer.parseInt(value));
            case "softOutputTime" -> builder.softOutputTime(millis(value));
            default -> throw new IllegalArgumentException("unknown setting " + name);
        }
    }

    private static Duration millis(String value) {
        return Duration.ofMillis(Long.parseLong(value));
    }

    static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}

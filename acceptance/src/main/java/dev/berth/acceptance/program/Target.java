package dev.berth.acceptance.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.berth.server.DrainReport;
import dev.berth.server.TcpServer;

/**
 * The server that promises with a figure are measured on: its parent process sets it up with arguments (see {@link Setup}) and asks
 * it over stdin.
 *
 * <p>It says {@code listening PORT}, then answers each line {@code WORD} with a line {@code WORD name=number name=number ...}:
 * <ul>
 *   <li>{@code ledger}: what became of its clients,
 *   <li>{@code possessions}: what the process has after full collections,
 *   <li>{@code objects}: how many instances of each of Berth's classes are alive then,
 *   <li>{@code drain}, {@code close}: ends the server in this way, says how long that took, and starts another of the same kind on
 *       another port; its ledger goes on,
 *   <li>{@code cut}: closes each client that is here, and says how many,
 *   <li>{@code audit}: begins to look whether every snapshot adds up, and says how many did not,
 *   <li>{@code clock}: what it thinks the date is,
 *   <li>{@code busy}: how many handlers compute or read a pipe,
 *   <li>{@code release}: lets them go on.
 * </ul>
 * It ends with its stdin.
 */
final class Target {
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final String[] settings;
    private final Behaviour behaviour = new Behaviour();
    private final Map<String, Long> before = new HashMap<>();
    private final Auditor auditor;
    private Ledger ledger;
    private TcpServer server;

    private Target(String[] settings) throws IOException {
        this.settings = settings;
        ledger = new Ledger();
        server = Setup.builder(settings).events(ledger).handler(behaviour).start();
        auditor = new Auditor(server);
    }

    static void main(String[] args) throws IOException, InterruptedException {
        var target = new Target(args);
        say("listening " + target.server.port());
        try (var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String command; (command = commands.readLine()) != null; ) {
                var answer = target.answer(command).entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue());
                say(command + " " + answer.collect(Collectors.joining(" ")));
            }
        } finally {
            target.server.close();
        }
    }

    private Map<String, Long> answer(String command) throws IOException, InterruptedException {
        return switch (command) {
            case "ledger" -> ledger();
            case "possessions" -> Possessions.now();
            case "objects" -> LiveHeap.objects("dev.berth.");
            case "drain", "close" -> end(command);
            case "clock" -> Map.of("millis", System.currentTimeMillis());
            case "audit" -> auditor.report();
            case "busy" -> Map.of("handlers", behaviour.busy());
            case "cut" -> Map.of("clients", cut());
            case "release" -> Map.of("released", behaviour.release());
            default -> throw new IllegalArgumentException("unknown command " + command);
        };
    }

    private Map<String, Long> ledger() {
        var all = new TreeMap<>(before);
        ledger.with(server.snapshot()).forEach((name, count) -> all.merge(name, count, Long::sum));
        return all;
    }

    private long cut() {
        return server.snapshot().clients().stream().filter(client -> server.close(client.id())).count();
    }

    private Map<String, Long> end(String how) throws IOException, InterruptedException {
        var ended = new TreeMap<String, Long>();
        long start = System.nanoTime();
        if (how.equals("drain")) {
            DrainReport report = server.drain(DRAIN);
            ended.put("finished", (long) report.finished());
            ended.put("cut", (long) report.cut());
            ended.put("abandoned", (long) report.abandoned());
        } else {
            server.close();
        }
        ended.put("micros", (System.nanoTime() - start) / 1_000);
        ledger.with(server.snapshot()).forEach((name, count) -> before.merge(name, count, Long::sum));
        ledger = new Ledger();
        server = Setup.builder(settings).events(ledger).handler(behaviour).start();
        auditor.turnTo(server);
        ended.put("port", (long) server.port());
        return ended;
    }

    static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}

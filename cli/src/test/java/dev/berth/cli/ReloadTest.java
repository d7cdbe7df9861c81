package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.berth.cli.config.BadConfig;
import dev.berth.cli.config.Setting;
import dev.berth.cli.output.LineQueue;
import dev.berth.cli.output.LogFormat;
import dev.berth.cli.output.Logs;
import dev.berth.server.Limits;

/** SIGHUP reads the file again. FAULTS E19. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class ReloadTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void named() {
        file = folder.resolve("berth.yaml");
    }

    private ServingProcess serving(String yaml) throws IOException {
        Files.writeString(file, yaml);
        return new ServingProcess("--config", file.toString());
    }

    private void reloads(ServingProcess server, String yaml) throws IOException, InterruptedException {
        Files.writeString(file, yaml);
        server.signal("HUP");
    }

    private static Socket connect(ServingProcess server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void echoes(Socket client) throws IOException {
        client.getOutputStream().write("hi\n".getBytes(StandardCharsets.UTF_8));
        assertThat(client.getInputStream().readNBytes(3)).asString(StandardCharsets.UTF_8).isEqualTo("hi\n");
    }

    @Test
    void whatCanBeChangedIsAndTheRestIsNamed() throws Exception {
        try (ServingProcess server = serving("max-per-ip: 1\nbacklog: 10\n");
                Socket first = connect(server)) {
            echoes(first);
            try (Socket _ = connect(server)) {
                server.awaitLine("refused: too many from its address (--max-per-ip)");
            }

            reloads(server, "max-per-ip: 2\nbacklog: 20\ndrain-timeout: 1s\n");

            server.awaitLine("reloaded " + file + ": max-per-ip is 2 (was 1)");
            server.awaitLine("drain-timeout, backlog need a restart");
            try (Socket second = connect(server)) {
                echoes(second);
                echoes(first);
            }
            reloads(server, "max-per-ip: 2\nbacklog: 20\ndeny: [127.0.0.0/8, 'fd00::/8']\n");
            server.awaitLine("reloaded " + file + ": deny is 127.0.0.0/8,fd00::/8 (was not set)");
            server.awaitLine("backlog needs a restart");
            try (Socket denied = connect(server)) {
                assertThat(denied.getInputStream().read()).isNegative();
                echoes(first);
            }
        }
    }

    @Test
    void withAMistakeInItNothingIsChangedAndAllMistakesAreNamed() throws Exception {
        try (ServingProcess server = serving("max-per-ip: 1\n");
                Socket first = connect(server)) {
            echoes(first);

            reloads(server, "max-per-ip: 2\nmax-queud: 7\nalow: x\n");

            server.awaitLine(file + " line 2: unknown key 'max-queud'; did you mean max-queued?");
            server.awaitLine(file + " line 3: unknown key 'alow'");
            server.awaitLine(file + " is not reloaded: all settings stay as they are");
            try (Socket _ = connect(server)) {
                server.awaitLine("refused: too many from its address");
            }
            reloads(server, "max-per-ip: 0\n");
            server.awaitLine(file + " line 1: max-per-ip is 0, allowed are 1 to 10000000");
            server.awaitLine("is not reloaded");
            Files.delete(file);
            server.signal("HUP");
            server.awaitLine("no file " + file);
            echoes(first);
            reloads(server, "max-per-ip: 2\n");
            server.awaitLine("max-per-ip is 2 (was 1)");
        }
    }

    @Test
    void listenersAreKnownByTheirNamesThoughTheirOrderChanges() throws Exception {
        String meters = "- name: meters\n  port: 0\n";
        String people = "- name: people\n  port: 0\n";
        Files.writeString(file, "listeners:\n" + meters + people);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (Logs logs = new Logs(lines, StandardCharsets.UTF_8, LogFormat.TEXT);
                LineQueue traces = new LineQueue("trace", lines, StandardCharsets.UTF_8)) {
            Configuration first = read();
            Listening.Reports reports = new Listening.Reports(logs, traces, null);
            try (Listening one = Listening.start(first.listeners().getFirst(), "meters", reports);
                    Listening other = Listening.start(first.listeners().getLast(), "people", reports)) {
                Reload reload = new Reload(first, List.of(one, other), this::read, logs.command());

                Files.writeString(file, "listeners:\n" + people + "  max-queued: 7\n" + meters + "  backlog: 9\n");
                reload.run();
                Files.writeString(file, "listeners:\n" + people + "  max-queued: 7\n- name: third\n  port: 0\n");
                reload.run();

                assertThat(one.server().limits()).isEqualTo(Limits.DEFAULT);
                assertThat(other.server().limits()).isEqualTo(Limits.DEFAULT.maxQueued(7));
            }
        }
        assertThat(lines.toString(StandardCharsets.UTF_8).lines()).containsExactly(
                "berth: reloaded " + file + ": people max-queued is 7 (was 1024)",
                "berth: meters backlog needs a restart",
                "berth: reloaded " + file + ": no limit has changed",
                "berth: the list of listeners needs a restart");
    }

    private Configuration read() throws BadConfig, Failed {
        return Configuration.of(List.of(Setting.typed("config", file.toString())), List.of(), Map.of());
    }

    @Test
    void whatIsChangeableIsWhatLimitsHold() {
        Set<String> limits = Stream.of(Limits.class.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.replaceFirst("V[46]$", "").replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());

        assertThat(Reload.CHANGEABLE).isEqualTo(limits);
    }
}

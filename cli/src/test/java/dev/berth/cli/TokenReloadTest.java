package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;

/** Tokens are changed without a restart: SIGHUP to {@code berth serve --auth-tokens}. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class TokenReloadTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OLD = "canary-0123456789";
    private static final String NEW = "canary-abcdefghij";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A file with the old token that nobody else can read. */
    private Path tokens() throws IOException {
        Path tokens = Files.writeString(folder.resolve("tokens"), OLD + "\n");
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
        return tokens;
    }

    private static String login(Connection<String> client, String token) throws IOException {
        return String.valueOf(client.request(token, LIMIT));
    }

    private static String login(ServingProcess server, String token) throws IOException {
        try (Connection<String> client = TcpClient.connect("127.0.0.1", server.port())) {
            return login(client, token);
        }
    }

    @Test
    void areTheOnesInTheFileAfterASignalAndWhoIsHereStays() throws Exception {
        Path tokens = tokens();
        try (ServingProcess server = new ServingProcess("--auth-tokens", tokens.toString());
                Connection<String> here = TcpClient.connect("127.0.0.1", server.port())) {
            assertThat(login(here, OLD)).isEqualTo("OK");
            Files.writeString(tokens, NEW + "\n# nobody else\n");
            assertThat(login(server, NEW)).isEqualTo("DENIED");

            server.signal("HUP");

            server.awaitLine("reloaded settings: auth-tokens was read again (tokens: 1)");
            assertThat(login(server, NEW)).isEqualTo("OK");
            assertThat(login(server, OLD)).isEqualTo("DENIED");
            assertThat(here.request("still here", LIMIT)).isEqualTo("still here");
        }
    }

    @Test
    void stayAsTheyAreWhereTheFileHasAMistake() throws Exception {
        Path tokens = tokens();
        try (ServingProcess server = new ServingProcess("--auth-tokens", tokens.toString())) {
            Files.writeString(tokens, NEW + "\nshort\n");
            server.signal("HUP");
            server.awaitLine(tokens + " line 2");
            server.awaitLine("settings are not reloaded: all settings stay as they are");
            assertThat(login(server, OLD)).isEqualTo("OK");
            assertThat(login(server, NEW)).isEqualTo("DENIED");

            Files.delete(tokens);
            server.signal("HUP");
            server.awaitLine("--auth-tokens: there is no file " + tokens);
            assertThat(login(server, OLD)).isEqualTo("OK");
        }
    }

    @Test
    void ofAListenerInAFileAreReadWithItsLimits() throws Exception {
        Path tokens = tokens();
        Path config = folder.resolve("berth.yaml");
        Files.writeString(config, "auth-tokens: " + tokens + "\nmax-queued: 5\n");
        try (ServingProcess server = new ServingProcess("--config", config.toString())) {
            Files.writeString(tokens, OLD + "\n" + NEW + "\n");
            Files.writeString(config, "auth-tokens: " + tokens + "\nmax-queued: 6\n");
            server.signal("HUP");

            server.awaitLine("reloaded " + config + ": auth-tokens was read again (tokens: 2), max-queued is 6 (was 5)");
            assertThat(login(server, NEW)).isEqualTo("OK");
        }
    }
}

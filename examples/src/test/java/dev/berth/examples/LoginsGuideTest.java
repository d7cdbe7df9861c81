package dev.berth.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.client.TcpClient;
import dev.berth.framing.Codec;
import dev.berth.server.Authenticator;
import dev.berth.server.TcpServer;
import dev.berth.server.TokenAuthenticator;

/** The listings of docs/guide/logins.md: compiled, run, and compared by {@link DocumentsTest}. */
@Timeout(60)
final class LoginsGuideTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @BeforeEach
    void writeTokens() throws IOException {
        Files.writeString(Path.of("meters.tokens"), TOKEN + "\n");
    }

    @AfterEach
    void deleteTokens() throws IOException {
        Files.delete(Path.of("meters.tokens"));
    }

    private static byte[] proof(String question) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TOKEN.getBytes(UTF_8), "HmacSHA256"));
        return mac.doFinal(question.getBytes(UTF_8));
    }

    @Test
    void tokens() throws IOException {
        var tokens = TokenAuthenticator.read(Path.of("meters.tokens")).attempts(5).answers("WELCOME", "");
        var server = TcpServer.builder(Codec.bytes("len2be")).port(0)
                .authenticate(Codec.lines(), tokens).authTimeout(Duration.ofSeconds(10))
                .handler(meter -> meter.forEach(meter::send))
                .start();
        try (server; var stranger = TcpClient.connect("127.0.0.1", server.port())) {
            stranger.send("a wrong one");
            assertThat(stranger.request(TOKEN)).isEqualTo("WELCOME");
            try (var meter = stranger.switchTo(Codec.bytes("len2be"))) {
                assertThat(meter.request(new byte[] {1, 2})).containsExactly(1, 2);
            }
        }
    }

    @Test
    void challenge() throws Exception {
        Authenticator<String> challenge = client -> {
            String question = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
            client.send(question);
            return MessageDigest.isEqual(proof(question), HexFormat.of().parseHex(client.expect()));
        };
        try (var server = TcpServer.builder(Codec.lines()).port(0).authenticate(challenge).handler(client -> client.send("hello")).start();
                var client = TcpClient.connect("127.0.0.1", server.port())) {
            assertThat(client.request(HexFormat.of().formatHex(proof(client.expect())))).isEqualTo("hello");
        }
    }
}

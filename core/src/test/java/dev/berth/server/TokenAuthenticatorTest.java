package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** Who says a token is let in, and tries are few. FAULTS G7, G11, G12. */
@ExtendWith(Baseline.class)
class TokenAuthenticatorTest {
    private static final String ONE = "canary-0123456789";
    private static final String OTHER = "canary-abcdefghijklmnop";

    private final RecordingEvents events = new RecordingEvents();
    private final AtomicInteger served = new AtomicInteger();
    private final TokenAuthenticator tokens = TokenAuthenticator.of(ONE, OTHER);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private TcpServer server(TokenAuthenticator authenticator) throws IOException {
        return TcpServer.builder(Codec.lines()).port(0).events(events).authenticate(authenticator).handler(client -> {
            served.incrementAndGet();
            client.forEach(client::send);
        }).start();
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, OTHER})
    void eachOfTheTokensLetsIn(String token) throws Exception {
        try (var server = server(tokens);
                var peer = Peer.of(server).send(token, "hello").halfClose()) {
            assertThat(peer.rest()).containsExactly("OK", "hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary-012345678", ONE + "0", ONE + " ", "CANARY-0123456789", ONE + OTHER, "#"})
    void nothingElseDoes(String said) throws Exception {
        try (var server = server(tokens);
                var peer = Peer.of(server).send(said, said, said, "hello")) {
            assertThat(peer.rest()).containsExactly("DENIED", "DENIED", "DENIED");
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.AUTH_FAILED);
            assertThat(served).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void theLastTryCountsAndOneMoreDoesNot(int attempts) throws Exception {
        try (var server = server(tokens.attempts(attempts))) {
            try (var peer = Peer.of(server).raw("wrong\n".repeat(attempts - 1)).send(ONE, "hello").halfClose()) {
                assertThat(peer.rest()).endsWith("OK", "hello").hasSize(attempts + 1);
            }
            try (var peer = Peer.of(server).raw("wrong\n".repeat(attempts)).send(ONE, "hello").halfClose()) {
                assertThat(peer.rest()).hasSize(attempts).containsOnly("DENIED");
            }
            assertThat(served).hasValue(1);
        }
    }

    @Test
    void thereAreOneToEightTries() {
        assertThatThrownBy(() -> tokens.attempts(0)).hasMessage("attempts is 0, allowed are 1 to 8");
        assertThatThrownBy(() -> tokens.attempts(9)).hasMessage("attempts is 9, allowed are 1 to 8");
        assertThatThrownBy(() -> tokens.wrongPerMinute(0)).hasMessageStartingWith("wrongPerMinute is 0");
    }

    @Test
    void aThousandWrongTokensLetNobodyInAndTheSourceIsDeniedEvenTheRightOne() throws Exception {
        try (var server = server(tokens.wrongPerMinute(50))) {
            for (int i = 0; i < 334; i++) {
                try (var peer = Peer.of(server).send("wrong-" + i, "wrong", "wrong")) {
                    assertThat(peer.rest()).isNotEmpty().containsOnly("DENIED");
                }
                assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.AUTH_FAILED);
            }
            try (var peer = Peer.of(server).send(ONE, ONE, ONE)) {
                assertThat(peer.rest()).containsExactly("DENIED");
            }
            assertThat(served).hasValue(0);
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.AUTH_FAILED);
            assertThat(server.snapshot().closedBy()).containsExactly(Map.entry(CloseReason.AUTH_FAILED, 335L));
        }
    }

    @Test
    void rightTokensDoNotCountAsWrongOnes() throws Exception {
        try (var server = server(tokens.wrongPerMinute(1))) {
            for (int i = 0; i < 5; i++) {
                try (var peer = Peer.of(server).send(ONE).halfClose()) {
                    assertThat(peer.rest()).containsExactly("OK");
                }
            }
        }
    }

    @Test
    void wordsAreTheServersChoiceAndEmptyOnesAreNotSaid() throws Exception {
        try (var server = server(tokens.answers("", "no"));
                var in = Peer.of(server).send(ONE, "hello").halfClose();
                var out = Peer.of(server).send("wrong").halfClose()) {
            assertThat(in.rest()).containsExactly("hello");
            assertThat(out.rest()).containsExactly("no");
        }
    }

    @Test
    void whoGoesBeforeItsTokenHasFailedNothing() throws Exception {
        try (var server = server(tokens)) {
            Peer.of(server).close();

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.PEER_CLOSED);
        }
    }

    @Test
    void noTextShowsAToken() {
        assertThat(tokens).hasToString("tokens: 2");
        assertThatThrownBy(() -> TokenAuthenticator.of(ONE, "canary")).hasMessage("token 2: a token has 16 to 1024 characters");
        assertThatThrownBy(() -> TokenAuthenticator.of("canary with blanks in it")).hasMessage("token 1: a token is printable ASCII without blanks");
        assertThatThrownBy(TokenAuthenticator::of).hasMessage("tokens are missing: at least one is needed");
    }

    @Test
    void lengthsAreSixteenTo1024() {
        assertThat(TokenAuthenticator.of("x".repeat(16), "x".repeat(1_024))).hasToString("tokens: 2");
        assertThatThrownBy(() -> TokenAuthenticator.of("x".repeat(15))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TokenAuthenticator.of("x".repeat(1_025))).isInstanceOf(IllegalArgumentException.class);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("tokens"), content, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aFileHasATokenALine() throws Exception {
        var file = file("# meter 7\n" + ONE + "\n\n# and its neighbour\r\n" + OTHER + "\r\n");
        try (var server = server(TokenAuthenticator.read(file));
                var peer = Peer.of(server).send("# meter 7", OTHER).halfClose()) {
            assertThat(peer.rest()).containsExactly("DENIED", "OK");
        }
    }

    @Test
    void aBadFileIsNamedWithItsLineAndWithoutItsContent() throws Exception {
        assertThatThrownBy(() -> TokenAuthenticator.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertBad("", " holds no token; write one a line");
        assertBad("# nothing\n\n", " holds no token; write one a line");
        assertBad(ONE + "\n\ncanary\n", " line 3: a token has 16 to 1024 characters");
        assertBad("canary 0123456789\n", " line 1: a token is printable ASCII without blanks");
        assertBad(ONE + " \n", " line 1: a token is printable ASCII without blanks");
        assertBad(ONE + "\ncanary-0123456789\u00e4\n", " line 2: a token is printable ASCII without blanks");
        assertBad(ONE + "\0\n", " line 1: a token is printable ASCII without blanks");
    }

    private void assertBad(String content, String complaint) throws IOException {
        var file = file(content);
        assertThatThrownBy(() -> TokenAuthenticator.read(file))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(file + complaint).hasNoCause();
    }
}

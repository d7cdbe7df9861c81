package dev.berth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

import dev.berth.connection.Connection;
import dev.berth.connection.Login;

/**
 * Lets in who says a token: a client's first message is one of a list of secrets.
 *
 * <p>It answers {@code OK}, or {@code DENIED} and lets the client try again, three times in all. How long an answer takes says nothing
 * about a token: digests of equal length are compared, in constant time, with every token there is. A source (an IPv4 address, or an
 * IPv6 /64) that has said 100 wrong tokens within a minute, over all its connections, is denied whatever it says, until time has passed.
 *
 * <p>Immutable but for what it counts, and thread-safe: each method with an argument returns a copy that counts anew. Of the tokens only
 * digests are kept. Over a network that others can read, a token is theirs too.
 */
public final class TokenAuthenticator implements Authenticator<String> {
    private static final int ATTEMPTS = 3;
    private static final int WRONG_PER_MINUTE = 100;

    private final List<byte[]> digests;
    private final int attempts;
    private final int wrongPerMinute;
    private final String accepted;
    private final String denied;
    private final Guesses guesses;

    private TokenAuthenticator(List<byte[]> digests, int attempts, int wrongPerMinute, String accepted, String denied) {
        this.digests = digests;
        this.attempts = attempts;
        this.wrongPerMinute = wrongPerMinute;
        this.accepted = accepted;
        this.denied = denied;
        guesses = new Guesses(wrongPerMinute);
    }

    /**
     * For these tokens.
     *
     * @throws IllegalArgumentException if there is none, or one is not 16 to 1024 printable ASCII characters without blanks; it says
     *     which by its number
     */
    public static TokenAuthenticator of(String... tokens) {
        TokenList.check(List.of(tokens));
        return new TokenAuthenticator(
                Arrays.stream(tokens).map(TokenAuthenticator::digest).toList(), ATTEMPTS, WRONG_PER_MINUTE, "OK", "DENIED");
    }

    /**
     * For the tokens in a file, one a line; empty lines and those that begin with {@code #} are none. The file is read once.
     *
     * @throws IOException if the file can't be read
     * @throws IllegalArgumentException if there is no token in it, or a line is none; it names file and line
     */
    public static TokenAuthenticator read(Path file) throws IOException {
        return of(TokenList.read(file).toArray(String[]::new));
    }

    /** How many tokens a client may try before its connection is closed, 1 to 8; default 3. */
    public TokenAuthenticator attempts(int attempts) {
        Checks.between("attempts", attempts, 1, Login.MAX_FRAMES);
        return new TokenAuthenticator(digests, attempts, wrongPerMinute, accepted, denied);
    }

    /** How many wrong tokens one source may say in a minute, or {@link Limits#OFF}; default 100. */
    public TokenAuthenticator wrongPerMinute(int wrongPerMinute) {
        Checks.between("wrongPerMinute", wrongPerMinute, 1, Limits.OFF);
        return new TokenAuthenticator(digests, attempts, wrongPerMinute, accepted, denied);
    }

    /** What a client is told that is let in, and one that is not; empty for nothing. Default {@code OK} and {@code DENIED}. */
    public TokenAuthenticator answers(String accepted, String denied) {
        return new TokenAuthenticator(digests, attempts, wrongPerMinute, accepted, denied);
    }

    @Override
    public boolean authenticate(Connection<String> client) throws IOException {
        var source = Source.of(client.remoteAddress().getAddress());
        for (int left = attempts; left > 0; left--) {
            String said = client.receive();
            if (said == null) {
                return false;
            }
            if (!guesses.take(source, System.nanoTime())) {
                say(client, denied);
                return false;
            }
            if (isKnown(said)) {
                guesses.giveBack(source, System.nanoTime());
                say(client, accepted);
                return true;
            }
            say(client, denied);
        }
        return false;
    }

    private static void say(Connection<String> client, String answer) throws IOException {
        if (!answer.isEmpty()) {
            client.send(answer);
        }
    }

    private boolean isKnown(String said) {
        byte[] given = digest(said);
        boolean known = false;
        for (byte[] digest : digests) {
            // No way out at the first that fits: that would tell where in the list it is.
            known |= MessageDigest.isEqual(digest, given);
        }
        return known;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            // Every JDK has it.
            throw new IllegalStateException(e);
        }
    }

    /** How many tokens there are, and nothing of them. */
    @Override
    public String toString() {
        return "tokens: " + digests.size();
    }
}

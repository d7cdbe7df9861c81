package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.DurationOrOff;
import dev.berth.cli.talking.Token;
import dev.berth.framing.Framing;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TokenAuthenticator;

import picocli.CommandLine.Option;

/** The options that say which clients may be served. */
final class AuthOptions {
    @Option(names = "--auth-tokens", paramLabel = "FILE", description = {
        "Serve only who says a token first: a file of them, one a line (default: everybody is served)."
    })
    private @Nullable Path tokens;

    @Option(names = "--auth-timeout", paramLabel = "LIMIT", converter = DurationOrOff.class, defaultValue = "5s",
            description = "How long a client may take to say its token (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    /** What was in the file when it was read last; others read it again while clients log in. */
    private volatile @Nullable TokenAuthenticator known;

    /** Tells the builder; tokens are said in the listener's framing, or as a line where it has none. */
    void apply(ServerBuilder<byte[]> settings, Framing framing) throws WrongUsage {
        settings.authTimeout(timeout);
        if (tokens != null) {
            known = read(tokens);
            settings.authenticate(Token.codec(framing), client -> known().authenticate(client));
        }
    }

    /** Reads the file again, for clients that log in from here on; with a mistake in it the tokens stay as they are. Returns how many there are. */
    Optional<String> reload() throws WrongUsage {
        if (tokens == null) {
            return Optional.empty();
        }
        known = read(tokens);
        return Optional.of(known().toString());
    }

    /** Whether who wants to be served must say a token. */
    boolean areAsked() {
        return tokens != null;
    }

    private TokenAuthenticator known() {
        return Objects.requireNonNull(known);
    }

    private static TokenAuthenticator read(Path file) throws WrongUsage {
        try {
            return TokenAuthenticator.read(file);
        } catch (NoSuchFileException e) {
            throw new WrongUsage("--auth-tokens: there is no file " + file);
        } catch (IOException e) {
            throw new WrongUsage("--auth-tokens: cannot read " + file + ": " + (Files.isDirectory(file) ? "it is a folder" : FileTrouble.reason(e)));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage("--auth-tokens: " + e.getMessage());
        }
    }

    /** What may be a mistake and is none that ends the command. */
    List<String> doubts() {
        try {
            if (tokens != null && Files.getPosixFilePermissions(tokens).contains(PosixFilePermission.OTHERS_READ)) {
                return List.of(tokens + " can be read by every user of this machine (--auth-tokens); chmod 600 " + tokens);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Not there, which is told where it is read; or a system without such permissions.
        }
        return List.of();
    }
}

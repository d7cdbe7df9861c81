package dev.berth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.talking.Token;

import picocli.CommandLine.Option;

/** The option of those who talk to a server that wants a token. */
final class TokenOption {
    @Option(names = "--auth-token", paramLabel = "FILE",
            description = "Say the first token in this file before anything else; go on when the server answers OK.")
    private @Nullable Path file;

    /** The token; null if none is to be said. */
    @Nullable Token token() throws WrongUsage {
        if (file == null) {
            return null;
        }
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .findFirst()
                    .map(Token::new)
                    .orElseThrow(() -> new WrongUsage("--auth-token: " + file + " holds no token"));
        } catch (NoSuchFileException e) {
            throw new WrongUsage("--auth-token: there is no file " + file);
        } catch (IOException e) {
            throw new WrongUsage("--auth-token: cannot read " + file + ": " + (Files.isDirectory(file) ? "it is a folder" : FileTrouble.reason(e)));
        }
    }
}

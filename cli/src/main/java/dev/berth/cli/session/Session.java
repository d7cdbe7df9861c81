package dev.berth.cli.session;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import dev.berth.cli.args.Framings;

/**
 * What was said on a connection, and when.
 *
 * @param steps the messages in order; never empty
 */
public record Session(Framings framings, List<Step> steps) {
    /** Reads a file that {@link SessionRecorder} or a person wrote. */
    public static Session read(Path file) throws BadSession {
        try {
            return new SessionParser(file).parse(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new BadSession("there is no file " + file);
        } catch (CharacterCodingException e) {
            throw new BadSession(file + " is no session: it is not text (UTF-8)");
        } catch (IOException e) {
            throw new BadSession("can't read " + file + ": " + e.getMessage());
        }
    }
}

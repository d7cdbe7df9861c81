package dev.berth.cli.talking;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Framings;
import dev.berth.cli.args.HexText;

/** The messages in a pipe: a line each, the bytes as they come where there are no messages, or lines of hex. */
final class InputMessages implements AutoCloseable {
    private static final int CHUNK_BYTES = 16 << 10;

    private final InputStream in;
    private final boolean raw;
    private final boolean hex;
    private long lines;

    InputMessages(InputStream in, Framings framings, boolean hex) {
        this.in = new BufferedInputStream(in, CHUNK_BYTES);
        this.raw = framings.isRawOut();
        this.hex = hex;
    }

    /** The next message, or null at the end of the input. */
    byte @Nullable [] next() throws IOException, Trouble {
        return hex ? bytesOfLine() : raw ? chunk() : line();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private byte @Nullable [] bytesOfLine() throws IOException, Trouble {
        for (byte[] line; (line = line()) != null; ) {
            Optional<byte[]> message = parsed(new String(line, StandardCharsets.UTF_8));
            if (message.isPresent()) {
                return message.get();
            }
        }
        return null;
    }

    private Optional<byte[]> parsed(String line) throws Trouble {
        try {
            return HexText.parse(line);
        } catch (IllegalArgumentException e) {
            throw new Trouble("line " + lines + " of the input: " + e.getMessage());
        }
    }

    private byte @Nullable [] chunk() throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        int size = in.read(chunk);
        return size < 0 ? null : Arrays.copyOf(chunk, size);
    }

    /** The next line without its end, LF or CRLF; null at the end of the input. The last line needs no end. */
    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        lines++;
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        byte[] bytes = line.toByteArray();
        boolean carriage = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriage ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }
}

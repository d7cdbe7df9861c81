package dev.berth.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.HexText;
import dev.berth.cli.session.BadSession;
import dev.berth.cli.session.Session;
import dev.berth.cli.session.Step;
import dev.berth.server.Cidr;

/**
 * What reads text that people or files bring, and what each promises of any text: it is refused in words, or read, and what was
 * read is written so that it reads the same.
 */
enum TextParser {
    /** A network of addresses. */
    CIDR {
        @Override
        Runnable read(String text) {
            var network = Cidr.of(text);
            return () -> {
                require(network.equals(Cidr.of(network.toString())), network);
                require(network.contains(network.network()), network);
            };
        }
    },

    /** A host and a port, as one or two words. */
    ENDPOINT {
        @Override
        Runnable read(String text) {
            var endpoint = Endpoint.parse(List.of(text.split(" ", 2)));
            return () -> require(endpoint.equals(Endpoint.parse(endpoint.toString())), endpoint);
        }
    },

    /** Bytes as people type them. */
    HEX {
        @Override
        Runnable read(String text) {
            byte[] bytes = HexText.parse(text).orElse(new byte[0]);
            String shown = HexText.shown(bytes);
            return () -> require(Arrays.equals(bytes, HexText.parse(shown).orElseThrow()), shown);
        }
    },

    /** A recorded session's file. */
    SESSION {
        @Override
        Runnable read(String text) throws IOException {
            var file = Files.createTempFile("session", ".txt");
            try {
                var session = Session.read(Files.writeString(file, text));
                return () -> {
                    var last = Duration.ZERO;
                    for (Step step : session.steps()) {
                        require(step.at().compareTo(last) >= 0, step.at());
                        last = step.at();
                    }
                };
            } catch (BadSession refused) {
                throw new IllegalArgumentException(refused);
            } finally {
                Files.delete(file);
            }
        }
    };

    /** Reads the text, or refuses it with an IllegalArgumentException; returns what must hold of what was read. */
    abstract Runnable read(String text) throws IOException;

    /** Whether the text is read or refused as promised; a broken promise is an AssertionError, anything else comes out as it is. */
    void keepsItsPromises(String text) throws IOException {
        Runnable promise;
        try {
            promise = read(text);
        } catch (IllegalArgumentException refused) {
            // One of a subclass, as for numbers that are none, speaks of the JDK's affairs and not of the text.
            require(refused.getClass() == IllegalArgumentException.class && refused.getMessage() != null, refused);
            return;
        }
        try {
            promise.run();
        } catch (IllegalArgumentException refused) {
            throw new AssertionError("what was read does not read again", refused);
        }
    }

    /** One try as the fuzzer's bytes: which parser, then the text. */
    byte[] input(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        byte[] input = new byte[1 + bytes.length];
        input[0] = (byte) List.of(values()).indexOf(this);
        System.arraycopy(bytes, 0, input, 1, bytes.length);
        return input;
    }

    private static void require(boolean promise, Object broken) {
        if (!promise) {
            throw new AssertionError("broken by " + broken);
        }
    }
}

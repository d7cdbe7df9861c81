package dev.berth.cli.talking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.output.Untrusted;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;

/** What is said to a server before anything else, so that it serves us. Its text is in no text of ours. */
public final class Token {
    private static final String ACCEPTED = "OK";

    private final String text;

    /** This token. */
    public Token(String text) {
        this.text = text;
    }

    /** What tokens are said and answered in: the framing of the messages, or lines where bytes go as they are. */
    public static Codec<String> codec(Framing framing) {
        return framing.notation().matches("raw|raw in, .*|.* in, raw out") ? Codec.lines() : Codec.text(framing, StandardCharsets.UTF_8);
    }

    /** Says it, and returns when the server has taken it. */
    void say(Connection<String> connection, Endpoint server, Duration timeout) throws IOException, Trouble {
        String answer = connection.request(text, timeout);
        if (!answer.equals(ACCEPTED)) {
            throw new Trouble(server + " did not take the token (--auth-token); it said: " + Untrusted.text(answer));
        }
    }

    @Override
    public String toString() {
        return "a token";
    }
}

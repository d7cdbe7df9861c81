package dev.berth.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.server.Authenticator;
import dev.berth.server.Closed;
import dev.berth.server.ServerBuilder;
import dev.berth.server.ServerEvents;
import dev.berth.server.TcpServer;
import dev.berth.server.TokenAuthenticator;
import dev.berth.server.WhenFull;

/** Makes logins go wrong, by the text that is said; each returns what was said. */
final class AuthProvocations {
    static final String TOKEN = "0123456789abcdef";
    static final Map<String, Callable<String>> BY_TEXT = new LinkedHashMap<>();

    static {
        BY_TEXT.put("<file> can be read by every user of this machine (--auth-tokens); chmod 600 <file>", () -> {
            Path file = file(TOKEN + "\n");
            try {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
                try (RunningCommand server = RunningCommand.start("serve", "0", "--auth-tokens", file.toString())) {
                    server.port();
                    return server.err();
                }
            } finally {
                Files.delete(file);
            }
        });
        BY_TEXT.put("<address> did not take the token (--auth-token); it said: DENIED", () -> {
            Path wrong = file("fedcba9876543210\n");
            try (TcpServer server = TcpServer.builder(Codec.lines()).port(0)
                            .authenticate(TokenAuthenticator.of(TOKEN)).handler(client -> client.forEach(client::send)).start();
                    RunningCommand send = RunningCommand.start("send", ":" + server.port(), "hi", "--auth-token", wrong.toString())) {
                return send.exitCode() + " " + send.err();
            } finally {
                Files.delete(wrong);
            }
        });
        BY_TEXT.put("whenFull is REPLACE, allowed with authenticate (--auth-tokens) are WAIT and REFUSE: any stranger could replace a client",
                () -> thrown(() -> TcpServer.builder(Codec.lines()).handler(_ -> {}).authenticate(_ -> true)
                        .whenFull(WhenFull.REPLACE).check()));
        BY_TEXT.put("authTimeout is 0s, allowed are 1ms to 365 days, and off",
                () -> thrown(() -> TcpServer.builder(Codec.lines()).handler(_ -> {}).authTimeout(Duration.ZERO).check()));
        BY_TEXT.put("token 2: a token has 16 to 1024 characters", () -> thrown(() -> TokenAuthenticator.of(TOKEN, "short")));
        BY_TEXT.put("token 1: a token is printable ASCII without blanks",
                () -> thrown(() -> TokenAuthenticator.of("two words are too many")));
        BY_TEXT.put("tokens are missing: at least one is needed", () -> thrown(TokenAuthenticator::of));
        BY_TEXT.put("more than 8 frames before authentication", () -> ended("x\n".repeat(9), client -> {
            while (true) {
                client.expect();
            }
        }));
        BY_TEXT.put("more than 16384 bytes before authentication", () -> ended("x".repeat(16_385), client -> client.expect().isEmpty()));
        BY_TEXT.put("no message of line before authentication, and not shown", () -> ended("\u00ff\n", client -> client.expect().isEmpty()));
        BY_TEXT.put("#<number> <address> is not authenticated yet", AuthProvocations::sentTooEarly);
        BY_TEXT.put("#<number> <address> is authenticated: its login is over", AuthProvocations::sentTooLate);
        BY_TEXT.put("input() is for clients that are authenticated, and #<number> <address> is not yet",
                () -> ended("x\n", client -> client.input().read() > 0));
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private AuthProvocations() {}

    private static Path file(String content) throws Exception {
        return Files.writeString(Files.createTempFile("berth", ".tokens"), content);
    }

    /** The log of a server that wants a token and hears this instead, once a client is closed. */
    static String command(String said, String... options) throws Exception {
        Path file = file(TOKEN + "\n");
        String[] words = new String[options.length + 4];
        System.arraycopy(new String[] {"serve", "0", "--auth-tokens", file.toString()}, 0, words, 0, 4);
        System.arraycopy(options, 0, words, 4, options.length);
        try (RunningCommand server = RunningCommand.start(words);
                Socket client = ClosingProvocations.socket(server)) {
            client.getOutputStream().write(said.getBytes(UTF_8));
            server.awaitErr("closed: ");
            return server.err();
        } finally {
            Files.delete(file);
        }
    }

    private static ServerBuilder<String> server(Authenticator<String> authenticator) {
        return TcpServer.builder(Codec.lines()).port(0).authenticate(authenticator).handler(client -> client.forEach(client::send));
    }

    /** What the connection of a client that says this ended with. */
    private static String ended(String said, Authenticator<String> authenticator) throws Exception {
        BlockingQueue<String> causes = new LinkedBlockingQueue<>();
        ServerEvents events = new ServerEvents() {
            @Override
            public void closed(Closed closed) {
                Throwable cause = closed.cause();
                causes.add(cause == null ? "nothing" : String.valueOf(cause.getMessage()));
            }
        };
        try (TcpServer server = server(authenticator).events(events).start();
                Socket client = new Socket(server.address().getAddress(), server.port())) {
            client.getOutputStream().write(said.getBytes(ISO_8859_1));
            return String.valueOf(causes.poll(20, TimeUnit.SECONDS));
        }
    }

    private static String sentTooEarly() throws Exception {
        BlockingQueue<Connection<?>> opened = new LinkedBlockingQueue<>();
        ServerEvents events = new ServerEvents() {
            @Override
            public void opened(Connection<?> client) {
                opened.add(client);
            }
        };
        try (TcpServer server = server(client -> client.expect().isEmpty()).events(events).start();
                Socket _ = new Socket(server.address().getAddress(), server.port())) {
            @SuppressWarnings("unchecked")
            Connection<String> client = (Connection<String>) opened.take();
            // It is told as opened a moment before its login begins.
            await().until(() -> thrown(() -> client.send("x")).endsWith("yet"));
            return thrown(() -> client.send("x"));
        }
    }

    private static String sentTooLate() throws Exception {
        BlockingQueue<Connection<String>> kept = new LinkedBlockingQueue<>();
        try (TcpServer server = server(client -> kept.add(client) && client.expect().equals(TOKEN)).start();
                Socket client = new Socket(server.address().getAddress(), server.port())) {
            client.getOutputStream().write((TOKEN + "\nx\n").getBytes(UTF_8));
            client.getInputStream().readNBytes(2);
            Connection<String> login = kept.take();
            return thrown(() -> login.send("x"));
        }
    }

    private static String thrown(Attempt attempt) {
        try {
            attempt.run();
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
        return "nothing was thrown";
    }
}

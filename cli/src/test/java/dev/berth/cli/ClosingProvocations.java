package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.berth.server.Handler;
import dev.berth.server.RefuseReason;
import dev.berth.server.ServerBuilder;
import dev.berth.server.WhenFull;
import dev.berth.transport.CloseReason;

/** Makes connections end, and clients be refused, for every reason there is; each returns the log. */
final class ClosingProvocations {
    private static final Handler<String> ECHO = client -> client.forEach(client::send);

    /** By the reason's name. */
    static final Map<String, Callable<String>> ENDS = new LinkedHashMap<>();

    /** By the reason's name. */
    static final Map<String, Callable<String>> REFUSALS = new LinkedHashMap<>();

    static {
        ENDS.put("PEER_CLOSED", () -> command("x\n", Socket::close));
        ENDS.put("PEER_RESET", () -> command("x\n", client -> {
            client.setSoLinger(true, 0);
            client.close();
        }));
        ENDS.put("TRUNCATED", () -> command("half", Socket::shutdownOutput));
        ENDS.put("COMPLETED", () -> command("x\n", client -> {}, "--exec", "head -n 1"));
        ENDS.put("FRAME_TOO_LARGE", () -> command("123456789\n", client -> {}, "--max-frame", "8"));
        ENDS.put("BAD_FRAME", () -> command("A", client -> {}, "--frame", "stxetx"));
        ENDS.put("HANDLER_ERROR", () -> library(settings -> settings, client -> {
            client.receive();
            throw new IllegalStateException("the database is gone");
        }));
        ENDS.put("INTERRUPTED", () -> library(settings -> settings, client -> {
            client.receive();
            Thread.currentThread().interrupt();
            client.receive();
        }));
        ENDS.put("ABORTED", () -> library(settings -> settings, client -> {
            client.receive();
            client.abort();
        }));
        ENDS.put("SLOW_READER", () -> library(
                settings -> settings.softOutputBytes(1).softOutputTime(Duration.ofMillis(50)), client -> {
                    while (true) {
                        client.send("x".repeat(60_000));
                    }
                }));
        ENDS.put("WRITE_TIMEOUT", () -> command("", client -> {}, "--exec", "yes", "--exec-at-once", "--write-timeout", "300ms"));
        // Longer than a second: who goes before that without a byte is a probe.
        ENDS.put("FIRST_BYTE_TIMEOUT", () -> command("", client -> {}, "--first-byte-timeout", "1500ms"));
        ENDS.put("FRAME_TIMEOUT", () -> command("half", client -> {}, "--frame-timeout", "300ms"));
        ENDS.put("IDLE_TIMEOUT", () -> command("x\n", client -> {}, "--idle-timeout", "300ms"));
        ENDS.put("AUTH_FAILED", () -> AuthProvocations.command("wrong\nwrong\nwrong\n"));
        ENDS.put("AUTH_TIMEOUT", () -> AuthProvocations.command("0123", "--auth-timeout", "300ms"));
        ENDS.put("MAX_AGE", () -> command("x\n", client -> {}, "--max-age", "300ms"));
        ENDS.put("IO_ERROR", () -> library(settings -> settings.transport(FaultyNetwork.withoutReading()), ECHO));
        ENDS.put("CLOSED_BY_ADMIN", () -> served(ECHO, server -> server.server().close(1)));
        ENDS.put("SERVER_CLOSED", () -> served(ECHO, server -> server.server().close()));
        ENDS.put("DRAINED", () -> served(ECHO, server -> server.server().drain(Duration.ofSeconds(20))));
        ENDS.put("REPLACED", () -> {
            try (RunningCommand server = RunningCommand.start("serve", "0", "--single", "replace");
                    Socket first = socket(server)) {
                first.getOutputStream().write("x\n".getBytes(UTF_8));
                server.awaitErr("connected");
                try (Socket _ = socket(server)) {
                    server.awaitErr("closed: ");
                    return server.err();
                }
            }
        });

        REFUSALS.put("FULL", () -> secondClient("refused: ", "--single", "refuse"));
        REFUSALS.put("QUEUE_FULL", () -> secondClient("refused: ", "--single", "wait", "--max-queued", "0"));
        REFUSALS.put("QUEUE_TIMEOUT", () -> secondClient("refused: ", "--single", "wait", "--queue-timeout", "50ms"));
        REFUSALS.put("LEFT", () -> waiting((server, second) -> second.close()));
        REFUSALS.put("DRAINING", () -> waiting((server, second) -> server.server().drain(Duration.ofMillis(100))));
        REFUSALS.put("CLOSED", () -> waiting((server, second) -> server.server().close()));
        REFUSALS.put("CLOSED_BY_ADMIN", () -> waiting((server, second) -> server.server().close(2)));
        REFUSALS.put("FAILED", ClosingProvocations::noticeThatThrows);
        REFUSALS.put("REPLACED", ClosingProvocations::replacedWhileWaiting);
        REFUSALS.put("DENIED", () -> refused("serve", "0", "--deny", "127.0.0.0/8"));
        REFUSALS.put("NOT_ALLOWED", () -> refused("serve", "0", "--allow", "10.0.0.0/8"));
        REFUSALS.put("PER_IP", () -> secondClient("refused: ", "--max-per-ip", "1"));
        REFUSALS.put("PER_SUBNET", () -> secondClient("refused: ", "--max-per-subnet", "1"));
        REFUSALS.put("CONNECT_RATE", ClosingProvocations::tooManyConnects);
        for (CloseReason reason : CloseReason.values()) {
            ENDS.putIfAbsent(reason.name(), () -> "nobody provokes " + reason);
        }
        for (RefuseReason reason : RefuseReason.values()) {
            REFUSALS.putIfAbsent(reason.name(), () -> "nobody provokes " + reason);
        }
    }

    private interface Act<A> {
        void on(A subject) throws Exception;
    }

    private interface ActOnBoth {
        void on(WatchedServer server, Socket second) throws Exception;
    }

    private ClosingProvocations() {}

    static Socket socket(RunningCommand server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()));
    }

    private static String command(String said, Act<Socket> then, String... options) throws Exception {
        String[] words = new String[options.length + 2];
        words[0] = "serve";
        words[1] = "0";
        System.arraycopy(options, 0, words, 2, options.length);
        try (RunningCommand server = RunningCommand.start(words);
                Socket client = socket(server)) {
            client.getOutputStream().write(said.getBytes(UTF_8));
            if (said.equals("x\n")) {
                client.getInputStream().readNBytes(2);
            }
            then.on(client);
            server.awaitErr("closed: ");
            return server.err();
        }
    }

    private static String library(UnaryOperator<ServerBuilder<String>> settings, Handler<String> handler) throws Exception {
        try (WatchedServer server = new WatchedServer(settings, handler);
                Socket _ = server.connectAndSpeak()) {
            return server.logged("closed: ");
        }
    }

    private static String served(Handler<String> handler, Act<WatchedServer> then) throws Exception {
        try (WatchedServer server = new WatchedServer(settings -> settings, handler);
                Socket client = server.connectAndSpeak()) {
            client.getInputStream().readNBytes(3);
            then.on(server);
            return server.logged("closed: ");
        }
    }

    private static String secondClient(String until, String... options) throws Exception {
        String[] words = new String[options.length + 2];
        words[0] = "serve";
        words[1] = "0";
        System.arraycopy(options, 0, words, 2, options.length);
        try (RunningCommand server = RunningCommand.start(words);
                Socket first = socket(server)) {
            first.getOutputStream().write("x\n".getBytes(UTF_8));
            server.awaitErr("connected");
            try (Socket _ = socket(server)) {
                server.awaitErr(until);
                return server.err();
            }
        }
    }

    private static String refused(String... options) throws Exception {
        try (RunningCommand server = RunningCommand.start(options);
                Socket _ = socket(server)) {
            server.awaitErr("refused: ");
            return server.err();
        }
    }

    private static String tooManyConnects() throws Exception {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--max-connect-rate", "1")) {
            while (!server.err().contains("refused: ")) {
                socket(server).close();
            }
            return server.err();
        }
    }

    private static String waiting(ActOnBoth then) throws Exception {
        try (WatchedServer server = new WatchedServer(settings -> settings.maxConnections(1), ECHO);
                Socket _ = server.connectAndSpeak();
                Socket second = server.connect()) {
            await().until(() -> server.server().snapshot().waiting() == 1);
            then.on(server, second);
            return server.logged("refused: ");
        }
    }

    /** The first notice is the builder's, which sees whether it can be framed; the second divides by zero. */
    private static String noticeThatThrows() throws Exception {
        AtomicInteger notices = new AtomicInteger();
        try (WatchedServer server = new WatchedServer(settings -> settings.maxConnections(1).queueNotice(
                        position -> String.valueOf(position / (1 - notices.getAndIncrement()))), ECHO);
                Socket _ = server.connectAndSpeak();
                Socket _ = server.connect()) {
            return server.logged("refused: ");
        }
    }

    /** The first does not go when it is replaced, so the second waits, and the third takes its turn. */
    private static String replacedWhileWaiting() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (WatchedServer server = new WatchedServer(
                        settings -> settings.maxConnections(1).maxQueued(1).whenFull(WhenFull.REPLACE), _ -> {
                            while (over.getCount() > 0) {
                                try {
                                    over.await();
                                } catch (InterruptedException e) {
                                    // It stays.
                                }
                            }
                        });
                Socket _ = server.connectAndSpeak();
                Socket _ = server.connect()) {
            await().until(() -> server.server().snapshot().waiting() == 1);
            try (Socket _ = server.connect()) {
                return server.logged("refused: ");
            } finally {
                over.countDown();
            }
        }
    }
}

package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.serving.BindTrouble;

/** Makes {@code berth serve} say the rest of what it can say, by the text; each returns the log. */
final class ServeProvocations {
    static final Map<String, Callable<String>> BY_TEXT = new LinkedHashMap<>();

    static {
        // As root the system allows it, so its refusal is given.
        BY_TEXT.put("port 1 on 127.0.0.1 is not allowed: ports below 1024 are the system's; use --port 8080, or --port 0 for any",
                () -> BindTrouble.explain(new Endpoint("127.0.0.1", 1), new BindException("Permission denied")));
        BY_TEXT.put("the system keeps <number> unaccepted connections at most, not 2147483647 (--backlog; net.core.somaxconn)",
                () -> logged("unaccepted", "", "--backlog", "2147483647"));
        BY_TEXT.put("#<number> <address> waits for a place, as number 1", () -> {
            try (RunningCommand server = RunningCommand.start("serve", "0", "--single", "wait");
                    Socket _ = ClosingProvocations.socket(server);
                    Socket _ = ClosingProvocations.socket(server)) {
                server.awaitErr("waits");
                return server.err();
            }
        });
        BY_TEXT.put("#<number> <address> cannot be forwarded: cannot connect to 127.0.0.1:<port>: <address> refused: nothing listens there",
                () -> logged("cannot be forwarded", "x\n", "--handler", "forward", "--to", ":" + TalkProvocations.freePort()));
        BY_TEXT.put("the server behind reset the connection", ServeProvocations::resetBehind);
        BY_TEXT.put("#<number> <address> cannot start '<file>': <error>", ServeProvocations::scriptWithoutInterpreter);
        BY_TEXT.put("accepting failed: Too many open files; goes on after 10 ms", () -> {
            try (WatchedServer server = new WatchedServer(settings -> settings.transport(FaultyNetwork.withoutDescriptors()), _ -> {})) {
                return server.logged("accepting failed");
            }
        });
        BY_TEXT.put("hint: 'sh' got input and has written nothing for 5 s: many programs keep what they write to a pipe for themselves until"
                + " they end; try stdbuf -oL COMMAND, or the program's own option (grep --line-buffered, sed -u)",
                () -> logged("stdbuf", "x\n", "--exec", "cat > /dev/null"));
        BY_TEXT.put("the environment's BERTH_MAX_CONECTIONS is no setting; did you mean BERTH_MAX_CONNECTIONS?",
                () -> doubted("BERTH_MAX_CONECTIONS", "5"));
        BY_TEXT.put("the environment's BERTH_PORT is no setting: Kubernetes makes it for a service named berth"
                + " (enableServiceLinks: false in the pod ends that)", () -> doubted("BERTH_PORT", "tcp://10.0.0.1:80"));
        BY_TEXT.put("exit code 3", () -> logged("exit code", "x\n", "--exec", "exit 3"));
        BY_TEXT.put("ended after 0.1s without output (--exec-linger)", () -> {
            try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "exec sleep 60", "--exec-linger", "100ms");
                    Socket client = ClosingProvocations.socket(server)) {
                client.getOutputStream().write("x\n".getBytes(UTF_8));
                client.shutdownOutput();
                server.awaitErr("--exec-linger");
                return server.err();
            }
        });
        BY_TEXT.put("#<number> <address> is abandoned: its handler has not returned; it is at <place>", () -> {
            CountDownLatch over = new CountDownLatch(1);
            try (WatchedServer server = new WatchedServer(settings -> settings, _ -> {
                        while (over.getCount() > 0) {
                            try {
                                over.await();
                            } catch (InterruptedException e) {
                                // It stays.
                            }
                        }
                    });
                    Socket _ = server.connectAndSpeak()) {
                server.server().drain(Duration.ofMillis(1));
                return server.logged("abandoned");
            } finally {
                over.countDown();
            }
        });
    }

    private ServeProvocations() {}

    private static String doubted(String variable, String value) {
        try (RunningCommand server = RunningCommand.withEnvironment(Map.of(variable, value), "serve", "--port", "0")) {
            server.port();
            return server.err();
        }
    }

    private static String resetBehind() throws Exception {
        try (ServerSocket behind = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningCommand server = RunningCommand.start("serve", "0", "--handler", "forward", "--to", ":" + behind.getLocalPort());
                Socket client = ClosingProvocations.socket(server)) {
            client.getOutputStream().write("x\n".getBytes(UTF_8));
            try (Socket forwarded = behind.accept()) {
                forwarded.getInputStream().readNBytes(2);
                forwarded.setSoLinger(true, 0);
            }
            server.awaitErr("closed: ");
            return server.err();
        }
    }

    private static String scriptWithoutInterpreter() throws Exception {
        Path script = Files.createTempFile("berth", ".sh");
        try {
            Files.writeString(script, "#!/no/such/interpreter\n");
            if (!script.toFile().setExecutable(true)) {
                return script + " can't be made executable";
            }
            return logged("cannot start", "x\n", "--handler", "exec", "--", script.toString());
        } finally {
            Files.delete(script);
        }
    }

    private static String logged(String part, String said, String... options) throws Exception {
        String[] words = new String[options.length + 2];
        words[0] = "serve";
        words[1] = "0";
        System.arraycopy(options, 0, words, 2, options.length);
        try (RunningCommand server = RunningCommand.start(words);
                Socket client = ClosingProvocations.socket(server)) {
            client.getOutputStream().write(said.getBytes(UTF_8));
            server.awaitErr(part);
            return server.err();
        }
    }
}

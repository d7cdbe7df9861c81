package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;

/** {@code berth serve --handler class:} with classes compiled in the test. */
@Timeout(60)
final class OwnClassTest {
    private static final String GREETER = """
            public class Meter implements Handler<String> {
                public void handle(Connection<String> client) throws Exception {
                    client.forEach(line -> client.send("hello " + line));
                }
            }
            """;

    /** Throws at anything else. */
    private static final String ONLY_NUMBERS = """
            public class Meter implements Handler<String> {
                public void handle(Connection<String> client) throws Exception {
                    client.forEach(line -> client.send("got " + Integer.parseInt(line)));
                }
            }
            """;

    @TempDir
    Path folder;

    private RunningCommand serve(String... options) {
        String[] line = new String[options.length + 2];
        line[0] = "serve";
        line[1] = "0";
        System.arraycopy(options, 0, line, 2, options.length);
        return RunningCommand.start(line);
    }

    private RunningCommand serveMeter() {
        return serve("--handler", "class:com.acme.Meter", "--classpath", folder.toString());
    }

    private void meter(String source) throws Exception {
        CompiledCode.compile(folder, "Meter", source);
    }

    private static Connection<String> connect(RunningCommand server) throws IOException {
        return TcpClient.connect("127.0.0.1", Integer.parseInt(server.port()));
    }

    private static byte[] answer(RunningCommand server, byte... sent) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()))) {
            client.getOutputStream().write(sent);
            client.shutdownOutput();
            return client.getInputStream().readAllBytes();
        }
    }

    private void failsWith(RunningCommand server, String message) {
        try (server) {
            assertThat(server.exitCode()).as(server::err).isEqualTo(ExitCode.FAILED);
            assertThat(server.errLines()).singleElement().asString().isEqualTo("berth: " + message);
        }
    }

    @Test
    void textIsServedFromAFolder() throws Exception {
        meter(GREETER);

        try (RunningCommand server = serveMeter(); Connection<String> client = connect(server)) {
            assertThat(client.request("ä")).isEqualTo("hello ä");
        }
    }

    @Test
    void textIsServedInTheFramingAskedForFromAJarAmongOthers() throws Exception {
        Path libs = Files.createDirectory(folder.resolve("libs"));
        meter(GREETER);
        CompiledCode.jar(folder, libs.resolve("meter.jar"));
        Path empty = Files.createDirectory(folder.resolve("empty"));

        try (RunningCommand server = serve("--handler", "class:com.acme.Meter", "--frame", "len1",
                "--classpath", empty + File.pathSeparator + libs.resolve("*"), "--classpath", empty.toString())) {
            assertThat(answer(server, (byte) 1, (byte) 'x')).isEqualTo("\7hello x".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void bytesAreServedToAHandlerThatLearnsItsTypeFromASuperclass() throws Exception {
        CompiledCode.compile(folder, "Echo", """
                public abstract class Echo<A, M> implements Handler<M> {
                    public void handle(Connection<M> client) throws Exception { client.forEach(client::send); }
                }
                """);
        meter("public class Meter extends Echo<String, byte[]> {}");

        try (RunningCommand server = serve("--handler", "class:com.acme.Meter", "--classpath", folder.toString(), "--frame", "fixed:2")) {
            assertThat(answer(server, (byte) 0xFF, (byte) 0)).containsExactly(0xFF, 0);
        }
    }

    @Test
    void streamsAreServedAsTheyCome() throws Exception {
        meter("""
                public class Meter implements StreamFunction {
                    public void serve(InputStream in, OutputStream out) throws Exception { out.write(in.readAllBytes()); }
                }
                """);

        try (RunningCommand server = serveMeter()) {
            assertThat(answer(server, (byte) 1, (byte) 2, (byte) 3)).containsExactly(1, 2, 3);
            server.awaitErr("closed: peer closed, 3 bytes in, 3 out");
        }
    }

    @Test
    void messagesOfAnyTypeAreServedThroughTheClassesOwnCodec() throws Exception {
        meter("""
                public class Meter implements Handler<Integer> {
                    public static Codec<Integer> codec() {
                        return Codec.of(Framing.parse("fixed:1"), frame -> (int) frame.toByteArray()[0],
                                (number, out) -> out.put(new byte[] {number.byteValue()}));
                    }
                    public void handle(Connection<Integer> client) throws Exception {
                        client.forEach(number -> client.send(number + 1));
                    }
                }
                """);

        try (RunningCommand server = serveMeter()) {
            assertThat(answer(server, (byte) 1, (byte) 41)).containsExactly(2, 42);
        }
        try (RunningCommand server = serve("--handler", "class:com.acme.Meter", "--classpath", folder.toString(), "--frame", "crlf")) {
            assertThat(server.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(server.err()).contains("--frame and --max-frame mean nothing here: the class has a codec() of its own");
        }
    }

    @Test
    void anExceptionEndsItsClientAloneAndTheLogSaysWhere() throws Exception {
        meter(ONLY_NUMBERS);

        try (RunningCommand server = serveMeter(); Connection<String> good = connect(server); Connection<String> bad = connect(server)) {
            good.request("1");
            bad.send("one");

            server.awaitErr("closed: handler failed: java.lang.NumberFormatException: For input string: \"one\""
                    + " at com.acme.Meter.lambda$handle$0(Meter.java:11), 1 frame in, 0 out");
            assertThat(good.request("2")).isEqualTo("got 2");
        }
    }

    /** FAULTS E1: whoever has found a line that makes the handler throw can't fill the disk with it. */
    @Test
    void inAFloodOfExceptionsTenAreToldInFullAndTheOthersCounted() throws Exception {
        meter(ONLY_NUMBERS);

        RunningCommand server = serveMeter();
        for (int i = 0; i < 30; i++) {
            try (Socket bad = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()))) {
                bad.getOutputStream().write("one\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(bad.getInputStream().read()).isEqualTo(-1);
            }
        }
        server.close();

        assertThat(server.errLines().stream().filter(line -> line.contains("closed: handler failed: "))).hasSize(10);
        assertThat(server.err()).contains(
                "clients closed since the last line: 20: 20 handler failed (java.lang.NumberFormatException)");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void goodbyeIsSaidWhenTheServerDrainsAndTheHandlerIsClosedAfterwards() throws Exception {
        meter("""
                public class Meter implements Handler<String>, AutoCloseable {
                    public void handle(Connection<String> client) throws Exception { client.forEach(client::send); }
                    @Override public void onDrain(Connection<String> client) throws Exception { client.send("bye"); }
                    @Override public void close() { throw new IllegalStateException("seen"); }
                }
                """);

        try (ServingProcess server = new ServingProcess("--handler", "class:com.acme.Meter", "--classpath", folder.toString());
                Connection<String> client = TcpClient.connect("127.0.0.1", server.port())) {
            client.request("here");
            server.signal("TERM");

            assertThat(client.receive()).isEqualTo("bye");
            server.awaitLine("com.acme.Meter.close() failed: java.lang.IllegalStateException: seen at com.acme.Meter.close(Meter.java:12)");
            assertThat(server.exitCode()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void itsLibrariesAreItsOwnAndNotTheCommands() throws Exception {
        meter("""
                public class Meter implements Handler<String> {
                    public void handle(Connection<String> client) throws Exception {
                        try {
                            Class.forName("picocli.CommandLine");
                            client.send("seen");
                        } catch (ClassNotFoundException e) {
                            client.send("own " + (Thread.currentThread().getContextClassLoader() == getClass().getClassLoader()));
                        }
                    }
                }
                """);

        // A process of its own: in this one the libraries are named modules, which every class loader sees.
        try (ServingProcess server = new ServingProcess("--handler", "class:com.acme.Meter", "--classpath", folder.toString());
                Connection<String> client = TcpClient.connect("127.0.0.1", server.port())) {
            assertThat(client.receive()).isEqualTo("own true");
        }
    }

    @Test
    void aClassThatCannotServeIsOneLine() throws Exception {
        String plain = "com.acme.Meter must be public and have a public constructor without parameters";

        meter("public class Meter {}");
        failsWith(serveMeter(), "com.acme.Meter is no handler: it must implement Handler<String>, Handler<byte[]> or StreamFunction");
        meter("public abstract class Meter implements Handler<String> {}");
        failsWith(serveMeter(), "com.acme.Meter is abstract; name a class that can be made");
        meter("public interface Meter extends Handler<String> {}");
        failsWith(serveMeter(), "com.acme.Meter is an interface; name a class that can be made");
        meter("class Meter implements Handler<String> { public Meter() {} public void handle(Connection<String> client) {} }");
        failsWith(serveMeter(), plain);
        meter("public class Meter implements Handler<String> { Meter() {} public void handle(Connection<String> client) {} }");
        failsWith(serveMeter(), plain);
        meter("public class Meter implements Handler<Integer> { public void handle(Connection<Integer> client) {} }");
        failsWith(serveMeter(), "com.acme.Meter does not say how its messages (java.lang.Integer) look on the wire:"
                + " handle String or byte[], or add 'public static Codec<...> codec()'");
        meter("""
                public class Meter implements Handler<String> {
                    public Meter() { throw new IllegalStateException("no database"); }
                    public void handle(Connection<String> client) {}
                }
                """);
        failsWith(serveMeter(),
                "com.acme.Meter cannot be made: java.lang.IllegalStateException: no database at com.acme.Meter.<init>(Meter.java:10)");
    }

    @Test
    void aClassThatIsNotThereIsOneLineThatSaysWhereItWasSearched() {
        failsWith(serveMeter(), "cannot find the class com.acme.Meter in " + folder
                + " (--classpath); its name begins with its package: class:com.acme.Meter");
        failsWith(serve("--handler", "class:com.acme.Meter"),
                "cannot find the class com.acme.Meter: name its jar or folder with --classpath");
    }

    @Test
    void aClassPathThatIsNotThereIsOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("a.jar"), "no jar");
        Path none = folder.resolve("none.jar");

        failsWith(serve("--handler", "class:X", "--classpath", folder + File.pathSeparator + none),
                "--classpath: no such file or folder: '" + none + "'");
        failsWith(serve("--handler", "class:X", "--classpath", folder.resolve("none") + "/*"),
                "--classpath: no such folder: '" + folder.resolve("none") + "'");
        failsWith(serve("--handler", "class:X", "--classpath", text.toString()),
                "--classpath: '" + text + "' is neither a jar nor a folder: zip END header not found");
        Files.delete(text);
        failsWith(serve("--handler", "class:X", "--classpath", folder + "/*"), "--classpath: no .jar in '" + folder + "/*'");
    }

    @Test
    void aHandlerThatFailsBeforeTheFirstByteIsNoProbe() throws Exception {
        meter("""
                public class Meter implements Handler<String> {
                    public void handle(Connection<String> client) {
                        throw new IllegalStateException("no database");
                    }
                }
                """);
        try (RunningCommand server = serveMeter();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()))) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);

            server.awaitErr("closed: handler failed: java.lang.IllegalStateException: no database at com.acme.Meter.handle(Meter.java:");
        }
    }
}

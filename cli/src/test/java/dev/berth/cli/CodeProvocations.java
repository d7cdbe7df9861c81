package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Makes code of the user's own fail, by the text that is said; each returns what was said, or the log. */
final class CodeProvocations {
    static final Map<String, Callable<String>> BY_TEXT = new LinkedHashMap<>();

    private static final String HANDLE = "public void handle(Connection<String> client) {}";

    static {
        BY_TEXT.put("cannot find the class com.acme.Meter in <file> (--classpath); its name begins with its package: class:com.acme.Meter",
                () -> in(CodeProvocations::serve));
        BY_TEXT.put("cannot load the class com.acme.Meter: java.lang.NoClassDefFoundError: com/acme/Part;"
                + " --classpath takes all that it uses, and its name begins with its package", () -> in(folder -> {
                    CompiledCode.compile(folder, "Part", "public class Part {}");
                    CompiledCode.compile(folder, "Meter", "public class Meter extends Part {}");
                    Files.delete(folder.resolve("com/acme/Part.class"));
                    return serve(folder);
                }));
        BY_TEXT.put("cannot load the class com.acme.Meter: <error>", () -> in(folder -> {
            Path made = Files.createDirectories(folder.resolve("com/acme"));
            Files.write(made.resolve("Meter.class"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
            return serve(folder);
        }));
        BY_TEXT.put("--classpath: no such folder: '<file>'", () -> in(folder -> serve(folder + "/no/*")));
        BY_TEXT.put("--classpath: no .jar in '<file>'", () -> in(folder -> serve(folder + "/*")));
        BY_TEXT.put("--classpath: '<file>' is neither a jar nor a folder: <error>",
                () -> in(folder -> serve(Files.writeString(folder.resolve("meter.txt"), "no jar").toString())));
        BY_TEXT.put("that is a folder, no Java file: <file>",
                () -> in(folder -> said("run", Files.createDirectory(folder.resolve("meter.java")).toString())));
        BY_TEXT.put("<file>:1: error: cannot find symbol", () -> run("void main() { IO.printn(1); }"));
        BY_TEXT.put("error: can't find main(String[]) or main() method in class: Meter", () -> run("class Meter { void begin() {} }"));
        BY_TEXT.put("can't write the project: <error>", () -> said("new", "a".repeat(300)));
        // Root may write everywhere, so the system's refusal is given.
        BY_TEXT.put("can't write <file>: that is not allowed", () -> "can't write x: " + FileTrouble.reason(new AccessDeniedException("x")));
        classes();
        BY_TEXT.put("com.acme.Meter.close() failed: <error>", () -> in(folder -> {
            CompiledCode.compile(folder, "Meter", "public class Meter implements Handler<String>, AutoCloseable { " + HANDLE
                    + " public void close() { throw new IllegalStateException(\"still in use\"); } }");
            RunningCommand server = RunningCommand.start("serve", "0", "--handler", "class:com.acme.Meter", "--classpath", folder.toString());
            try (server) {
                server.port();
            }
            return server.err();
        }));
        BY_TEXT.put("#<number> <address> onDrain failed: <error>", () -> in(CodeProvocations::drained));
    }

    private interface InFolder {
        String in(Path folder) throws Exception;
    }

    private CodeProvocations() {}

    private static void classes() {
        BY_TEXT.put("com.acme.Meter is no handler: it must implement Handler<String>, Handler<byte[]> or StreamFunction",
                () -> meter("public class Meter {}"));
        BY_TEXT.put("com.acme.Meter is abstract; name a class that can be made",
                () -> meter("public abstract class Meter implements Handler<String> {}"));
        BY_TEXT.put("com.acme.Meter is an interface; name a class that can be made",
                () -> meter("public interface Meter extends Handler<String> {}"));
        BY_TEXT.put("com.acme.Meter must be public and have a public constructor without parameters",
                () -> meter("class Meter implements Handler<String> { " + HANDLE + " }"));
        BY_TEXT.put("com.acme.Meter does not say how its messages (java.lang.Integer) look on the wire:"
                + " handle String or byte[], or add 'public static Codec<...> codec()'",
                () -> meter("public class Meter implements Handler<Integer> { public void handle(Connection<Integer> client) {} }"));
        BY_TEXT.put("com.acme.Meter.codec() returned null", () -> codec("return null;"));
        BY_TEXT.put("com.acme.Meter.codec() failed: <error>", () -> codec("return Codec.text(\"lnie\");"));
        BY_TEXT.put("com.acme.Meter.codec() cannot be called: java.lang.NumberFormatException: <error>", () -> codec("return Codec.lines(); } static { Integer.parseInt(\"x\");"));
        BY_TEXT.put("com.acme.Meter cannot be made: <error>", () -> meter(
                "public class Meter implements Handler<String> { public Meter() { Integer.parseInt(\"x\"); } " + HANDLE + " }"));
        BY_TEXT.put("--frame and --max-frame mean nothing here: the class has a codec() of its own; leave them out",
                () -> codec("return Codec.lines();", "--frame", "crlf"));
    }

    private static String codec(String body, String... options) throws Exception {
        return meter("public class Meter implements Handler<String> { public static Codec<String> codec() { " + body + " } " + HANDLE + " }",
                options);
    }

    private static String meter(String source, String... options) throws Exception {
        return in(folder -> {
            CompiledCode.compile(folder, "Meter", source);
            return serve(folder.toString(), options);
        });
    }

    private static String serve(Path folder) {
        return serve(folder.toString());
    }

    private static String serve(String classPath, String... options) {
        String[] words = new String[options.length + 6];
        String[] usual = {"serve", "0", "--handler", "class:com.acme.Meter", "--classpath", classPath};
        System.arraycopy(usual, 0, words, 0, usual.length);
        System.arraycopy(options, 0, words, usual.length, options.length);
        return said(words);
    }

    private static String said(String... words) {
        try (RunningCommand command = RunningCommand.start(words)) {
            return command.exitCode() + " " + command.err();
        }
    }

    /** {@code berth run}, in a process of its own, whose output the program inherits. */
    private static String run(String source) throws Exception {
        return in(folder -> {
            Path file = Files.writeString(folder.resolve("Meter.java"), source);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-cp",
                            String.join(File.pathSeparator,
                                    Stream.of("jdk.module.path", "java.class.path").map(System::getProperty).toList()),
                            "dev.berth.cli.Main", "run", file.toString())
                    .redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == ExitCode.FAILED ? said : "exit code " + process.exitValue() + " " + said;
        });
    }

    /** A signal in this process would end the test. */
    private static String drained(Path folder) throws Exception {
        CompiledCode.compile(folder, "Meter", "public class Meter implements Handler<String> {"
                + " public void handle(Connection<String> client) throws Exception { client.forEach(client::send); }"
                + " public void onDrain(Connection<String> client) { throw new IllegalStateException(\"no farewell\"); } }");
        try (ServingProcess server = new ServingProcess("--handler", "class:com.acme.Meter", "--classpath", folder.toString());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write("x\n".getBytes(UTF_8));
            client.getInputStream().readNBytes(2);
            server.signal("TERM");
            return server.awaitLine("onDrain");
        }
    }

    private static String in(InFolder act) throws Exception {
        Path folder = Files.createTempDirectory("berth");
        try {
            return act.in(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

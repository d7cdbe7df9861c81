package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code berth run} in processes of its own, whose input and output the program inherits. */
@Timeout(120)
final class RunTest {
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void endAll() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    private Path write(String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name), source);
    }

    private Process berth(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, Stream.of("jdk.module.path", "java.class.path").map(System::getProperty).toList()),
                "dev.berth.cli.Main"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static String out(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String err(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aFileRunsWithTheToolkitItsArgumentsAndInputAndNothingElseIsSaid() throws Exception {
        Path file = write("Hello.java", """
                void main(String[] args) {
                    IO.println(dev.berth.framing.Framing.parse(args[0]).notation() + " " + args[1] + " " + IO.readln());
                    System.exit(7);
                }
                """);

        Process program = berth("run", file.toString(), "crlf", "--", "-x");
        program.outputWriter().append("typed\n").close();

        assertThat(out(program)).isEqualTo("crlf -x typed" + System.lineSeparator());
        assertThat(err(program)).isEmpty();
        assertThat(exitCode(program)).isEqualTo(7);
    }

    @Test
    void filesBesideItAndTheClassPathAreFound() throws Exception {
        Path libs = Files.createDirectory(folder.resolve("libs"));
        CompiledCode.compile(libs, "Far", "public class Far { public static String word() { return \"far\"; } }");
        write("Near.java", "class Near { static String word() { return \"near\"; } }");
        Path file = write("Both.java", "void main() { IO.println(Near.word() + \" \" + com.acme.Far.word()); }");

        Process program = berth("run", file.toString(), "--classpath", libs.toString());

        assertThat(out(program)).as(err(program)).isEqualTo("near far" + System.lineSeparator());
    }

    /** As a shell writes {@code --classpath libs/*}. */
    @Test
    void jarsThatAShellHasListedAreTheClassPathAndNotArguments() throws Exception {
        Path file = write("Jars.java", "void main(String[] args) { IO.println(System.getProperty(\"java.class.path\") + args.length); }");
        String one = emptyJar("one.jar");
        String other = emptyJar("other.jar");

        Process behind = berth("run", file.toString(), "--classpath", one, other, "--", "a.jar");
        Process before = berth("run", "--classpath", one, other, file.toString(), "b");

        assertThat(out(behind)).as(err(behind)).contains(one, other).endsWith("1" + System.lineSeparator());
        assertThat(out(before)).as(err(before)).contains(one, other).endsWith("1" + System.lineSeparator());
    }

    private String emptyJar(String name) throws IOException {
        Path jar = folder.resolve(name);
        try (var _ = new JarOutputStream(Files.newOutputStream(jar), new Manifest())) {
            return jar.toString();
        }
    }

    @Test
    void theJvmHasTheLaunchersOptions() throws Exception {
        List<String> options = Files.readAllLines(Path.of("src/main/launcher/java.options")).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        Path file = write("Options.java", """
                void main() {
                    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(IO::println);
                }
                """);

        assertThat(out(berth("run", file.toString())).lines()).containsSequence(options);
    }

    @Test
    void whatDoesNotCompileIsShownAsTheCompilerSaysIt() throws Exception {
        Path file = write("Wrong.java", "void main() { IO.printn(1); }");

        Process program = berth("run", file.toString());

        assertThat(err(program)).contains("Wrong.java:1: error: cannot find symbol", "error: compilation failed");
        assertThat(exitCode(program)).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aFileThatIsNotThereIsOneLine() throws Exception {
        Path none = folder.resolve("None.java");

        try (RunningCommand run = RunningCommand.start("run", none.toString())) {
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.errLines()).containsExactly("berth: no such file: " + none);
        }
    }

    @ParameterizedTest
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @ValueSource(strings = {"TERM", "HUP", "INT"})
    void aSignalEndsTheProgramAndItsExitCodeIsPassedOn(String signal) throws Exception {
        Path file = write("Waits.java", """
                void main() throws Exception {
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                        IO.println("bye");
                        Runtime.getRuntime().halt(9);
                    }));
                    IO.println("ready");
                    new java.util.concurrent.CountDownLatch(1).await();
                }
                """);
        Process berth = berth("run", file.toString());
        BufferedReader out = berth.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("ready");
        List<ProcessHandle> program = berth.descendants().toList();
        assertThat(program).hasSize(1);

        assertThat(exitCode(new ProcessBuilder("kill", "-" + signal, Long.toString(berth.pid())).start())).isZero();

        assertThat(exitCode(berth)).isEqualTo(9);
        assertThat(program).noneMatch(ProcessHandle::isAlive);
        assertThat(out.readLine()).isEqualTo("bye");
    }
}

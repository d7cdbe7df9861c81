package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.code.ChildProcess;
import dev.berth.cli.code.ClassPath;
import dev.berth.cli.code.CodeException;
import dev.berth.cli.code.SourceProgram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth run}: runs a Java file with the toolkit on its class path. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a Java file with the toolkit on its class path.",
        footer = {
            "",
            "The file needs a main method, 'void main()' is enough; files beside it are found by their classes' names."
                    + " Nothing is written to disk. More options for the JVM go into the variable JDK_JAVA_OPTIONS.",
            "Exit codes: the program's own; 1 if it does not compile, 2 wrong usage."
        })
final class Run implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE.java", index = "0", description = "The file with the main method.")
    private @Nullable Path file;

    @Parameters(paramLabel = "ARGUMENT", index = "1..*", description = "For the program; those that begin with '-' go after --.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--classpath", paramLabel = "PATH", parameterConsumer = ExpandedJars.class, description = {
        "What else it needs: a jar, a folder, libs/* for all its jars; several with the system's path separator between, or this"
                + " option again."
    })
    private List<String> classPath = new ArrayList<>();

    Run(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage, InterruptedException {
        try {
            SourceProgram program = new SourceProgram(source(), ClassPath.parse(classPath), arguments);
            return new ChildProcess(program.command(), console.interactive()).run();
        } catch (CodeException e) {
            throw new Failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new Failed("cannot start Java: " + e.getMessage());
        }
    }

    private Path source() throws Failed, WrongUsage {
        Path source = file == null ? Path.of("") : file;
        if (!source.toString().endsWith(".java")) {
            throw new WrongUsage("'" + source + "' is no Java file; its name must end in .java");
        }
        if (!Files.isRegularFile(source)) {
            throw new Failed((Files.isDirectory(source) ? "that is a folder, no Java file: " : "no such file: ") + source);
        }
        return source;
    }
}

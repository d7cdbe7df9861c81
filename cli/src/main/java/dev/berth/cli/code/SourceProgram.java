package dev.berth.cli.code;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.berth.server.TcpServer;

/**
 * A Java file that the JDK's source launcher compiles in memory and runs (JEP 330, 458, 512), with the toolkit on its class path and
 * the JVM's options that the command itself has.
 *
 * @param file the file with the main method
 * @param libraries what else is on its class path
 * @param arguments what its main method gets
 */
public record SourceProgram(Path file, ClassPath libraries, List<String> arguments) {

    /** The command line that runs it. */
    public List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        command.add("-cp");
        command.add(classPath());
        command.add(file.toString());
        command.addAll(arguments);
        return command;
    }

    /** The options of the launcher's own file, which is in the jar too: {@code java -jar} says none. */
    private static List<String> options() throws IOException {
        try (var file = new BufferedReader(
                new InputStreamReader(SourceProgram.class.getResourceAsStream("java.options"), StandardCharsets.UTF_8))) {
            return file.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        }
    }

    private String classPath() {
        // In the runnable jar the two are one.
        Set<Path> places = new LinkedHashSet<>(List.of(home(TcpServer.class), home(SourceProgram.class)));
        places.addAll(libraries.places());
        return places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

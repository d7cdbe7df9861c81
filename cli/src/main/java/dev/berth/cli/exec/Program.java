package dev.berth.cli.exec;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.berth.connection.Connection;

/** The program that serves a client, and its arguments. */
public record Program(List<String> command) {

    /** A command line for the shell. */
    public static Program ofShell(String line) {
        return new Program(List.of("sh", "-c", line));
    }

    /** The program's name, as it was typed. */
    public String name() {
        return command.getFirst();
    }

    /** Whether the system would find the program, as far as can be told without starting it. */
    public boolean isFound() {
        if (name().contains("/") || name().contains(File.separator)) {
            return isProgram(Path.of(name()));
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(path)
                .anyMatch(folder -> isProgram(Path.of(folder.isEmpty() ? "." : folder, name())));
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** Starts it for one client. It blocks on the system: never to be called on a client's virtual thread. */
    Process start(Connection<?> client) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        describe(client, builder.environment());
        return builder.start();
    }

    /** Who the client is, in the variables that programs for tcpserver and inetd read. */
    private static void describe(Connection<?> client, Map<String, String> environment) {
        InetSocketAddress remote = client.remoteAddress();
        InetSocketAddress local = client.localAddress();
        String remoteIp = remote.getAddress().getHostAddress();
        String remotePort = Integer.toString(remote.getPort());
        environment.put("PROTO", "TCP");
        environment.put("TCPREMOTEIP", remoteIp);
        environment.put("TCPREMOTEPORT", remotePort);
        environment.put("TCPLOCALIP", local.getAddress().getHostAddress());
        environment.put("TCPLOCALPORT", Integer.toString(local.getPort()));
        environment.put("REMOTE_ADDR", remoteIp);
        environment.put("REMOTE_PORT", remotePort);
        environment.put("BERTH_CLIENT", Long.toString(client.id()));
        // Python keeps what it prints into a pipe for itself until it ends, unless told not to.
        environment.put("PYTHONUNBUFFERED", "1");
    }
}

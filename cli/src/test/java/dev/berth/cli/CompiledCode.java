package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.berth.server.TcpServer;

/** A user's classes, compiled in a test against the toolkit. */
final class CompiledCode {
    private static final String IMPORTS = """
            package com.acme;
            import java.io.InputStream;
            import java.io.OutputStream;
            import dev.berth.connection.Connection;
            import dev.berth.framing.Codec;
            import dev.berth.framing.Framing;
            import dev.berth.server.Handler;
            import dev.berth.server.StreamFunction;
            """;

    private CompiledCode() {}

    /** Compiles a class of the package {@code com.acme} into the folder. */
    static void compile(Path folder, String name, String source) throws IOException, URISyntaxException {
        Path toolkit = Path.of(TcpServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path file = Files.writeString(folder.resolve(name + ".java"), IMPORTS + source);
        var words = new StringWriter();
        var javac = ToolProvider.findFirst("javac").orElseThrow();
        List<String> options = List.of("-proc:none", "-cp", toolkit + File.pathSeparator + folder, "-d", folder.toString());
        List<String> line = new ArrayList<>(options);
        line.add(file.toString());
        int code = javac.run(new PrintWriter(words), new PrintWriter(words), line.toArray(String[]::new));
        assertThat(code).as(words::toString).isZero();
        Files.delete(file);
    }

    /** Packs the classes of a folder into a jar. */
    static void jar(Path folder, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
    }
}

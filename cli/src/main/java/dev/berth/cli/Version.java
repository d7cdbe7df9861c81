package dev.berth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the command's version, and the Java and system it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "berth " + ofCommand() + " (Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + ")"
        };
    }

    private static String ofCommand() throws IOException {
        return String.valueOf(written().get("version"));
    }

    /** What Maven wrote into the jar: the command's version, and those of what it is made with. */
    static Map<String, String> written() throws IOException {
        Properties written = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            written.load(file);
        }
        return written.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, written::getProperty));
    }
}

package dev.berth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

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

    /** The version that Maven wrote into the jar. */
    private static String ofCommand() throws IOException {
        Properties written = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            written.load(file);
        }
        return written.getProperty("version");
    }
}

package dev.berth.cli.project;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Maven project of five files: a server with its handler, the handler's tests, the build, and what to type.
 *
 * @param name what it is called
 * @param versions what the templates need beside the name, by the words that stand for it there
 */
public record NewProject(ProjectName name, Map<String, String> versions) {

    /**
     * Writes it into a folder of its name that is made here.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is something of that name; nothing is written then
     */
    public Path write(Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name.text()));
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, filled(file.getValue()));
        }
        return folder;
    }

    /** Each file's place and its template. */
    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", "pom.xml");
        files.put("README.md", "README.md");
        files.put("src/main/java/" + name.packageName() + "/Server.java", "Server.java");
        files.put("src/main/java/" + name.packageName() + "/ClientHandler.java", "ClientHandler.java");
        files.put("src/test/java/" + name.packageName() + "/ClientHandlerTest.java", "ClientHandlerTest.java");
        return files;
    }

    private String filled(String template) throws IOException {
        String text = read(template);
        for (Map.Entry<String, String> version : versions.entrySet()) {
            text = text.replace("{{" + version.getKey() + "}}", version.getValue());
        }
        return text.replace("{{name}}", name.text()).replace("{{package}}", name.packageName());
    }

    private static String read(String template) throws IOException {
        try (InputStream text = NewProject.class.getResourceAsStream(template + ".txt")) {
            if (text == null) {
                throw new FileNotFoundException(template);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

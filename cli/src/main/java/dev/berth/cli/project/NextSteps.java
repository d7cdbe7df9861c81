package dev.berth.cli.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to type after a project was made, word for word.
 *
 * @param repository Maven's local repository
 * @param command the jar or folder that this command was started from
 */
public record NextSteps(Path repository, Path command) {
    private static final List<String> NEEDED = List.of("berth", "berth-core", "berth-testkit", "berth-testkit-junit");

    /** The lines to type, each with what it is for. */
    public List<String> lines(ProjectName name, String version) {
        List<String> lines = new ArrayList<>();
        if (!isInstalled(version)) {
            lines.add("Berth is not on Maven Central yet; this puts it into your local Maven repository, once:");
            lines.add("    " + install());
            lines.add("Then:");
        }
        lines.add("    cd " + name.text());
        lines.add("    mvn verify");
        lines.add("    " + berth() + " run src/main/java/" + name.packageName() + "/Server.java");
        lines.add("And in another terminal:");
        lines.add("    " + berth() + " connect 127.0.0.1 8080");
        return lines;
    }

    private boolean isInstalled(String version) {
        Path ours = repository.resolve("dev").resolve("berth");
        return NEEDED.stream().allMatch(artifact ->
                Files.exists(ours.resolve(artifact).resolve(version).resolve(artifact + "-" + version + ".pom")));
    }

    private String install() {
        String pom = checkout().map(root -> quoted(root.resolve("pom.xml"))).orElse("BERTH/pom.xml");
        return "mvn -q -f " + pom + " -pl testkit-junit -am install -Dmaven.test.skip=true -Dgates=off";
    }

    private String berth() {
        return checkout().map(root -> quoted(root.resolve("berth"))).orElse("berth");
    }

    /** The checkout that the command was built in. */
    private Optional<Path> checkout() {
        for (Path folder = command; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("testkit-junit").resolve("pom.xml"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w/.:\\\\-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}

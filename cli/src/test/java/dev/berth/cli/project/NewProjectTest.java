package dev.berth.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code berth new} writes and says; that it builds is proved in acceptance. */
final class NewProjectTest {
    private static final Map<String, String> VERSIONS = Map.of("version", "1.2", "junit", "6.0", "java", "25");
    private static final Pattern PLUGIN = Pattern.compile("<artifactId>([\\w-]+-maven-plugin|maven-[\\w-]+-plugin)</artifactId>\\s*<version>([^<]+)");

    @TempDir
    Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static NewProject project(String name) {
        return new NewProject(new ProjectName(name), VERSIONS);
    }

    @Test
    void fiveFilesAreWrittenAndNothingIsLeftToFillIn() throws IOException {
        Path made = project("Meter-server").write(folder);

        assertThat(files()).extracting(file -> made.relativize(file).toString().replace('\\', '/'))
                .containsExactlyInAnyOrder("pom.xml", "README.md", "src/main/java/meterserver/Server.java",
                        "src/main/java/meterserver/ClientHandler.java", "src/test/java/meterserver/ClientHandlerTest.java");
        assertThat(files()).allSatisfy(file -> assertThat(file).content().doesNotContain("{{", "}}"));
        assertThat(made.resolve("pom.xml")).content()
                .contains("<artifactId>Meter-server</artifactId>", "<berth.version>1.2</berth.version>", "<junit.version>6.0<");
    }

    @Test
    void whatIsThereIsNotTouched() throws IOException {
        Path there = Files.writeString(Files.createDirectory(folder.resolve("meter")).resolve("pom.xml"), "mine");

        assertThatThrownBy(() -> project("meter").write(folder)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("mine");
        assertThat(files()).containsExactly(there);
    }

    @Test
    void itsPluginsAreThoseThatBerthIsBuiltWith() throws IOException {
        String ours = Files.readString(Path.of("..", "pom.xml"));

        String its = Files.readString(project("meter").write(folder).resolve("pom.xml"));

        assertThat(PLUGIN.matcher(its).results()).hasSize(6).allSatisfy(plugin ->
                assertThat(PLUGIN.matcher(ours).results())
                        .anyMatch(our -> our.group(1).equals(plugin.group(1)) && our.group(2).equals(plugin.group(2))));
    }

    @ParameterizedTest
    @CsvSource({"meter,meter", "Meter-Server_2,meterserver2", "new,newserver", "java,javaserver"})
    void thePackageIsTheNameInSmallLetters(String name, String packageName) {
        assertThat(new ProjectName(name).packageName()).isEqualTo(packageName);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2meters", "a b", "../up", "a/b", "a.b", "Zähler", "-x"})
    void aNameThatCannotBeOneSaysWhatIsAllowed(String name) {
        assertThatThrownBy(() -> new ProjectName(name)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "' is no project's name; it begins with a letter, and allowed are letters");
    }

    @Test
    void theFirstStepIsToInstallBerthUnlessItIs() throws IOException {
        Path checkout = folder.resolve("a checkout");
        Files.createDirectories(checkout.resolve("testkit-junit"));
        Files.createFile(checkout.resolve("testkit-junit").resolve("pom.xml"));
        NextSteps steps = new NextSteps(folder, checkout.resolve("cli").resolve("target").resolve("berth.jar"));
        ProjectName name = new ProjectName("meter");

        assertThat(steps.lines(name, "1.2")).contains("    mvn -q -f '" + checkout.resolve("pom.xml")
                + "' -pl testkit-junit -am install -Dmaven.test.skip=true -Dgates=off", "    cd meter",
                "    '" + checkout.resolve("berth") + "' run src/main/java/meter/Server.java",
                "    '" + checkout.resolve("berth") + "' connect 127.0.0.1 8080");

        for (String artifact : List.of("berth", "berth-core", "berth-testkit", "berth-testkit-junit")) {
            Path place = Files.createDirectories(folder.resolve("dev/berth").resolve(artifact).resolve("1.2"));
            Files.createFile(place.resolve(artifact + "-1.2.pom"));
        }

        assertThat(steps.lines(name, "1.2")).startsWith("    cd meter", "    mvn verify");
        assertThat(steps.lines(name, "1.3")).first().asString().contains("not on Maven Central");
    }
}

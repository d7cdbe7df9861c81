package dev.berth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The documents say what is so: their Java compiles, their links lead somewhere, the types they name exist. */
final class DocumentsTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVA_LISTING = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern YAML_LISTING = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern XML_LISTING = Pattern.compile("```xml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)#]+)[^)]*\\)");
    private static final Pattern DECLARED = Pattern.compile("(?:class|interface|record|enum) (\\w+)");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]\\w*)(?:[.#]\\w+)?(?:\\(\\))?`");

    @Test
    void everyJavaListingIsCompiledCode() throws IOException {
        String compiled = unspaced(sources("examples"));

        assertThat(found(JAVA_LISTING, (_, listing) -> !compiled.contains(unspaced(listing)))).isEmpty();
    }

    @Test
    void everyYamlListingIsAFileThatCanBeUsed() throws IOException {
        List<String> files;
        try (Stream<Path> folder = Files.list(PROJECT.resolve("examples/config"))) {
            files = folder.map(DocumentsTest::read).toList();
        }

        assertThat(found(YAML_LISTING, (_, listing) -> !files.contains(listing))).isEmpty();
    }

    @Test
    void everyXmlListingIsADependencyOnAModuleOfThisVersion() throws IOException {
        String parent = Files.readString(PROJECT.resolve("pom.xml"));

        assertThat(found(XML_LISTING, (_, listing) -> {
                    String module = element("artifactId", listing).replaceFirst("^berth-", "");
                    return !element("groupId", listing).equals("dev.berth")
                            || !Files.exists(PROJECT.resolve(module).resolve("pom.xml"))
                            || !element("version", listing).equals(element("version", parent));
                }))
                .isEmpty();
    }

    @Test
    void everyLinkInsideTheProjectLeadsSomewhere() throws IOException {
        assertThat(found(LINK, (document, target) ->
                        !target.contains(":") && !Files.exists(document.resolveSibling(target))))
                .isEmpty();
    }

    @Test
    void everyTypeThatADocumentNamesExists() throws IOException {
        StringBuilder sources = new StringBuilder(sources("examples"));
        for (String module : List.of("core", "json", "testkit", "testkit-junit", "cli", "acceptance", "fuzz", "stress")) {
            sources.append(sources(module + "/src"));
        }

        Set<String> known = OthersTypes.names();
        DECLARED.matcher(sources).results().forEach(declared -> known.add(declared.group(1)));

        assertThat(found(TYPE, (_, type) -> !known.contains(type))).isEmpty();
    }

    private static String element(String name, String xml) {
        return xml.replaceFirst("(?s).*?<" + name + ">(.*?)</" + name + ">.*", "$1");
    }

    /** What the pattern finds in the documents, where the condition is true: "README.md: text". */
    private static List<String> found(Pattern pattern, BiPredicate<Path, String> condition) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path document : documents()) {
            pattern.matcher(Files.readString(document))
                    .results()
                    .map(match -> match.group(1))
                    .filter(text -> condition.test(document, text))
                    .forEach(text -> found.add(PROJECT.relativize(document) + ": " + text));
        }
        return found;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(PROJECT);
                Stream<Path> below = Files.walk(PROJECT.resolve("docs"))) {
            return Stream.concat(top, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static String sources(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentsTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unspaced(String text) {
        return text.replaceAll("\\s", "");
    }
}

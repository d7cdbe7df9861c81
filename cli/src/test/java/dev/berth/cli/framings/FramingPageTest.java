package dev.berth.cli.framings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The guide's page of framings, and its pictures, are made from the table. */
final class FramingPageTest {
    private static final Path PAGE = Path.of("../docs/guide/framing.md");
    private static final Path PICTURES = Path.of("../docs/pictures/framing");
    private static final String BEGIN = "<!-- frames: what follows is made from FramingTable by FramingPageTest, which also says how -->\n";
    private static final String END = "<!-- end of frames -->\n";

    private static final String HOW = "; write it with: mvn -pl core,json,cli test -Dtest=FramingPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dframes.write=true";

    /** With {@code -Dframes.write=true} they are written; without, they must be what would be written. */
    @Test
    void eachFramingHasItsPicture() throws IOException {
        for (Explained row : FramingTable.rows()) {
            Path file = PICTURES.resolve(row.name() + ".svg");
            String picture = FramingPicture.of(row);
            if (Boolean.getBoolean("frames.write")) {
                Files.createDirectories(PICTURES);
                Files.writeString(file, picture, StandardCharsets.UTF_8);
            }
            assertThat(file).as(file + HOW).hasContent(picture);
        }
        try (Stream<Path> files = Files.list(PICTURES)) {
            assertThat(files).hasSize(FramingTable.rows().size());
        }
    }

    @Test
    void thePageShowsTheTable() throws IOException {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        String made = page.substring(0, from) + section() + page.substring(page.indexOf(END));

        if (Boolean.getBoolean("frames.write")) {
            Files.writeString(PAGE, made, StandardCharsets.UTF_8);
            return;
        }
        assertThat(page)
                .as("docs/guide/framing.md" + HOW)
                .isEqualTo(made);
    }

    private static String section() {
        StringBuilder section = new StringBuilder();
        for (Explained row : FramingTable.rows()) {
            section.append("\n### `").append(row.form()).append("`\n\n");
            section.append(capitalized(row.use())).append(".\n\n").append(row.details()).append("\n\n![how ")
                    .append(row.name()).append(" cuts messages](../pictures/framing/").append(row.name()).append(".svg)\n\n```text\n");
            for (Example example : row.examples()) {
                section.append(example.notation()).append('\n');
                example.drawing().forEach(line -> section.append("    ").append(line).append('\n'));
            }
            section.append("```\n");
        }
        return section.append('\n').toString();
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}

package dev.berth.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

import dev.berth.cli.args.Words;
import dev.berth.transport.Endpoints;

/** The plays as one self-contained page: no network, no script from elsewhere, and readable without script. */
public final class Page {
    private static final String TEMPLATE = "page.html";
    private static final String PLACE = "<!--plays-->";

    private Page() {}

    /** The page's text. */
    public static String of(List<Play> plays) throws IOException {
        var sections = new StringBuilder();
        for (var play : plays) {
            section(sections, play);
        }
        return template().replace(PLACE, sections);
    }

    private static void section(StringBuilder html, Play play) {
        var architecture = play.architecture();
        html.append("<section class=\"play\" data-architecture=\"").append(Words.word(architecture)).append("\">\n<h2>")
                .append(escape(Words.word(architecture))).append("</h2>\n<p>").append(escape(architecture.title()))
                .append("; server ").append(escape(Endpoints.text(play.server()))).append("</p>\n");
        if (!play.remark().isEmpty()) {
            html.append("<p class=\"remark\">").append(escape(play.remark())).append("</p>\n");
        }
        html.append("<div class=\"drawing\"></div>\n<ol>\n");
        for (var step : play.steps()) {
            html.append("<li data-actor=\"").append(step.actor().text()).append("\" data-kind=\"")
                    .append(step.kind().name().toLowerCase(Locale.ROOT)).append("\"><time>").append(millis(step))
                    .append("</time> <b>").append(step.actor().text()).append("</b> ").append(escape(step.text()))
                    .append("</li>\n");
        }
        html.append("</ol>\n<p class=\"").append(play.asClaimed() ? "shown" : "failed").append("\">")
                .append(play.asClaimed() ? "Seen as claimed: " : "NOT seen, though claimed: ")
                .append(escape(architecture.claim())).append("</p>\n</section>\n");
    }

    static String millis(Step step) {
        return String.format(Locale.ROOT, "%.1f ms", step.at().toNanos() / 1e6);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String template() throws IOException {
        try (InputStream page = Page.class.getResourceAsStream(TEMPLATE)) {
            if (page == null) {
                throw new IOException("the page's template is missing from the program");
            }
            return new String(page.readAllBytes(), UTF_8);
        }
    }
}

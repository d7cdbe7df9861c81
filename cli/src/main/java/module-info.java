import org.jspecify.annotations.NullMarked;

/** The command {@code berth}. Nothing depends on it. */
@NullMarked
// HdrHistogram names no module: its name comes from its file.
@SuppressWarnings("requires-automatic")
module dev.berth.cli {
    // Annotations for the compiler's null checks; nothing of it is needed when the program runs.
    requires static org.jspecify;

    requires dev.berth.core;
    // For what users run with the command; of its own classes the JSON report of bench alone needs Jackson.
    requires dev.berth.json;
    requires tools.jackson.databind;
    requires info.picocli;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires HdrHistogram;
    // Which names a package can't have.
    requires java.compiler;
    // JLine's signals are those of sun.misc.
    requires jdk.unsupported;

    // The parser sets the fields of the verbs, and makes the readers of their options, by reflection.
    opens dev.berth.cli to
            info.picocli;
    opens dev.berth.cli.args to
            info.picocli;
}

package dev.berth.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Suggestion;
import dev.berth.cli.framings.Example;
import dev.berth.cli.framings.Explained;
import dev.berth.cli.framings.FramingTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth frames}: where a message can end, with examples that the framings themselves have cut. */
@Command(
        name = "frames",
        mixinStandardHelpOptions = true,
        description = "List the ways to tell where a message ends, or explain one.",
        footer = {"", "For example: berth frames len, berth frames gap. With pictures:", "docs/guide/framing.md"})
final class Frames implements Callable<Integer> {
    private static final int WIDTH = 80;
    private static final String MARGIN = "    ";
    private static final Pattern FRAMING_BYTES = Pattern.compile("\\[[^]]*]");
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One of them, by its name or as --frame takes it.")
    private @Nullable String name;

    Frames(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws WrongUsage {
        if (name == null) {
            list();
        } else {
            explain(find(name));
        }
        console.out().flush();
        return ExitCode.DONE;
    }

    private static Explained find(String typed) throws WrongUsage {
        List<String> known = FramingTable.rows().stream().map(Explained::name).toList();
        return FramingTable.find(typed).orElseThrow(() -> new WrongUsage("unknown framing '" + typed + "'"
                + Suggestion.question(typed, known) + (Suggestion.nearest(typed, known).isEmpty() ? ";" : "")
                + " known: " + String.join(", ", known)));
    }

    private void list() {
        PrintStream out = console.out();
        for (Explained row : FramingTable.rows()) {
            out.println(row.form());
            out.println(wrapped(row.use()));
            draw(row.examples().getFirst());
            out.println();
        }
        legend();
        out.println("'berth frames NAME' tells more about one of them.");
    }

    private void explain(Explained row) {
        PrintStream out = console.out();
        out.println(row.form());
        out.println(wrapped(row.use()));
        out.println();
        out.println(wrapped(row.details()));
        out.println();
        for (Example example : row.examples()) {
            out.println("--frame " + example.notation());
            draw(example);
            out.println();
        }
        legend();
    }

    private void legend() {
        console.out().println("[..] bytes of the framing, which are not delivered; | a message ends;");
        console.out().println("below: what is delivered.");
    }

    private void draw(Example example) {
        List<String> drawing = example.drawing();
        console.out().println(MARGIN + painted(drawing.getFirst()));
        console.out().println(MARGIN + drawing.getLast());
    }

    private String painted(String wire) {
        boolean colourful = console.outIsTerminal() && System.getenv("NO_COLOR") == null;
        return colourful ? FRAMING_BYTES.matcher(wire).replaceAll(DIM + "$0" + PLAIN) : wire;
    }

    private static String wrapped(String text) {
        return TextLines.of(text, WIDTH - MARGIN.length()).stream().map(MARGIN::concat).collect(Collectors.joining("\n"));
    }
}

package dev.berth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Words;
import dev.berth.cli.demo.Architecture;
import dev.berth.cli.demo.Drawing;
import dev.berth.cli.demo.Page;
import dev.berth.cli.demo.Play;
import dev.berth.cli.demo.Step;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth demo}: plays the story with real sockets and prints what is seen. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Play the story with real sockets: two clients, three architectures.",
        footer = {
            "",
            "Without an argument all three are played. The server is at 127.0.0.50:8080, the clients come from 127.0.0.10 and"
                    + " 127.0.0.11; where the system does not allow that, on 127.0.0.1 and a free port.",
            "Exit codes: 0 seen as claimed, 1 not, 2 wrong usage."
        })
final class Demo implements Callable<Integer> {
    private static final int WIDTH = 80;
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "ARCHITECTURE", description = "shared, one-at-a-time or multi.")
    private @Nullable Architecture architecture;

    @Option(names = "--step", description = "Wait for Enter before each step.")
    private boolean step;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page that plays the same steps.")
    private @Nullable Path html;

    Demo(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage {
        ResultFile.requireWritable(html);
        List<Play> plays = new ArrayList<>();
        try {
            for (var each : architecture == null ? List.of(Architecture.values()) : List.of(architecture)) {
                var play = Play.of(each);
                plays.add(play);
                show(play);
            }
        } catch (IOException e) {
            throw new Failed("the demo can't be played: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("the demo was interrupted");
        }
        if (html != null) {
            write(html, plays);
        }
        return plays.stream().allMatch(Play::asClaimed) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void show(Play play) throws IOException {
        var out = console.out();
        out.println();
        String title = Words.word(play.architecture()) + ": " + play.architecture().title();
        out.println(String.join("\n   ", TextLines.of(title, WIDTH - 3)));
        if (!play.remark().isEmpty()) {
            out.println("   (" + play.remark() + ")");
        }
        out.println();
        Drawing.of(play).forEach(out::println);
        out.println();
        for (var next : play.steps()) {
            if (step) {
                waitForEnter();
            }
            out.println(line(next));
        }
        String verdict = (play.asClaimed() ? "seen as claimed: " : "NOT seen, though claimed: ") + play.architecture().claim();
        out.println("   " + painted(play.asClaimed() ? GREEN : RED, verdict));
        out.flush();
    }

    private String line(Step next) {
        String when = String.format(Locale.ROOT, "%8.1f ms", next.at().toNanos() / 1e6);
        String who = String.format(Locale.ROOT, "%-6s%-9s ", next.kind().mark(), next.actor().text());
        int indent = when.length() + 2 + who.length();
        String text = who + TextLines.of(next.text(), WIDTH - indent).stream().collect(Collectors.joining("\n" + " ".repeat(indent)));
        return painted(DIM, when) + "  " + (next.kind().isTrouble() ? painted(RED, text) : text);
    }

    private String painted(String colour, String text) {
        boolean colourful = console.interactive() && System.getenv("NO_COLOR") == null;
        return colourful ? colour + text + PLAIN : text;
    }

    private void waitForEnter() throws IOException {
        console.out().flush();
        int read;
        do {
            read = console.in().read();
        } while (read >= 0 && read != '\n');
    }

    private static void write(Path file, List<Play> plays) throws Failed {
        try {
            Files.writeString(file, Page.of(plays), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failed("can't write " + file + ": " + FileTrouble.reason(e));
        }
    }
}

package dev.berth.cli.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.berth.cli.args.Framings;
import dev.berth.cli.args.HexText;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;

/** Reads a session's lines: settings first, then messages; blank lines and remarks anywhere. */
final class SessionParser {
    static final String FRAME = "frame";
    static final String FRAME_IN = "frame-in";
    static final String FRAME_OUT = "frame-out";
    static final String MAX_FRAME = "max-frame";

    private static final Pattern SETTING = Pattern.compile("\\s*(frame|frame-in|frame-out|max-frame)\\s+(\\S+)\\s*(#.*)?");
    private static final Pattern MESSAGE = Pattern.compile("(\\s*([0-9]{1,12})\\s*([<>]))(.*)");
    private static final Pattern NOTHING = Pattern.compile("\\s*(#.*)?");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,9}");

    private final Path file;
    private final Map<String, String> settings = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private Framings framings = new Framings(Framing.line(), Framing.line());
    private int number;

    SessionParser(Path file) {
        this.file = file;
    }

    Session parse(List<String> lines) throws BadSession {
        for (String line : lines) {
            number++;
            try {
                read(line);
            } catch (IllegalArgumentException e) {
                throw new BadSession(file + " line " + number + ": " + e.getMessage());
            }
        }
        if (steps.isEmpty()) {
            throw new BadSession(file + " holds no message; write them as MILLIS > BYTES and MILLIS < BYTES");
        }
        return new Session(framings, List.copyOf(steps));
    }

    private void read(String line) {
        Matcher setting = SETTING.matcher(line);
        Matcher message = MESSAGE.matcher(line);
        if (setting.matches()) {
            set(setting.group(1), setting.group(2));
        } else if (message.matches()) {
            // Blanks where the rest of the line was: so a position in a complaint is one of the whole line.
            String bytes = " ".repeat(message.group(1).length()) + message.group(4);
            add(Duration.ofMillis(Long.parseLong(message.group(2))), message.group(3).equals(">"), HexText.parse(bytes)
                    .orElseThrow(() -> new IllegalArgumentException("no bytes; a message without bytes is \"\"")));
        } else if (!NOTHING.matcher(line).matches()) {
            throw new IllegalArgumentException(
                    "neither a message, MILLIS > BYTES or MILLIS < BYTES, nor frame, frame-in, frame-out or max-frame");
        }
    }

    private void set(String name, String value) {
        if (!steps.isEmpty()) {
            throw new IllegalArgumentException(name + " stands behind messages; put it before the first");
        }
        if (settings.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException(name + " is there twice");
        }
        String both = settings.getOrDefault(FRAME, "line");
        framings = new Framings(
                framing(settings.getOrDefault(FRAME_IN, both)), framing(settings.getOrDefault(FRAME_OUT, both)));
    }

    private Framing framing(String notation) {
        Framing framing = Framing.parse(notation);
        String max = settings.get(MAX_FRAME);
        if (max == null) {
            return framing;
        }
        if (!SIZE.matcher(max).matches()) {
            throw new IllegalArgumentException("max-frame '" + max + "' is not a number of bytes");
        }
        return framing.withMaxFrameBytes(Integer.parseInt(max));
    }

    private void add(Duration at, boolean sent, byte[] message) {
        if (!steps.isEmpty() && at.compareTo(steps.getLast().at()) < 0) {
            throw new IllegalArgumentException(
                    at.toMillis() + " ms is before the message above, " + steps.getLast().at().toMillis() + " ms");
        }
        if (sent) {
            framings.out().seal(new FrameWriter().put(message));
        }
        steps.add(new Step(number, at, sent, message));
    }
}

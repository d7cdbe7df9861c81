package dev.berth.cli.args;

import dev.berth.framing.Framing;

/** The framings of both directions, as they were asked for. */
public record Framings(Framing in, Framing out) {
    /** Whether what comes is not messages but bytes as they arrive. */
    public boolean isRawIn() {
        return isRaw(in);
    }

    /** Whether what goes is not messages but bytes as they are. */
    public boolean isRawOut() {
        return isRaw(out);
    }

    /** Both in one. */
    public Framing both() {
        return Framing.of(in, out);
    }

    /** What was typed, or could have been. */
    public String options() {
        return in.equals(out) ? "--frame " + in.notation() : "--frame-in " + in.notation() + " --frame-out " + out.notation();
    }

    private static boolean isRaw(Framing framing) {
        return framing.notation().equals(Framing.raw().notation());
    }
}

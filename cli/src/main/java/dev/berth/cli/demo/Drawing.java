package dev.berth.cli.demo;

import java.util.List;

import dev.berth.transport.Endpoints;

/** The small drawing of an architecture for a terminal of 80 columns. */
public final class Drawing {

    private Drawing() {}

    /** The drawing's lines, with the addresses of the play. */
    public static List<String> of(Play play) {
        String server = Endpoints.text(play.server());
        return switch (play.architecture()) {
            case SHARED -> List.of(
                    "   client 1 ───╮    ╭─────────────────────────────╮",
                    "               ├───▶│ ONE socket field, ONE server│  " + server,
                    "   client 2 ───╯    ╰─────────────────────────────╯");
            case ONE_AT_A_TIME -> List.of(
                    "   client 1 ───────▶╭─────────────────────────────╮",
                    "                    │ ONE thread, ONE client      │  " + server,
                    "   client 2 ── … ─ ▷╰─────────────────────────────╯  connected, not served");
            case MULTI -> List.of(
                    " client 1 ─╮ ╭─────────────╮         ╭▶ 2 own socket, own thread ◀ 3 ▶ client 1",
                    "           ├▶│1 main socket├─ queue ─┤",
                    " client 2 ─╯ ╰─────────────╯         ╰▶ 2 own socket, own thread ◀ 3 ▶ client 2",
                    "               " + server);
        };
    }
}

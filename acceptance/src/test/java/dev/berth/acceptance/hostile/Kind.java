package dev.berth.acceptance.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** One way to harm a server. The letters are those of docs/faults.md; who is cut comes again. */
public enum Kind {
    /** Connects and leaves. */
    A1(Port.LINES, Ear.LISTENS, "connects, leaves after a while", Scripts::leaveSoon),
    /** Says nothing. */
    A3(Port.LINES, Ear.LISTENS, "connects, says nothing", (_, _) -> Scripts.NEVER),
    /** Says a line in tiny pieces. */
    A4(Port.LINES, Ear.LISTENS, "a byte of one line each second", Scripts::dribble),
    /** Vanishes after a request. */
    A5(Port.LINES, Ear.DEAF, "asks once, then neither reads nor ends; looks every 5 s whether it was cut", Scripts::askOnce),
    /** Ends its stream and reads on. */
    A6(Port.LINES, Ear.LISTENS, "asks after a while, ends its own stream, reads on", Scripts::halfClose),
    /** Resets what it has half closed. */
    A7(Port.LINES, Ear.LISTENS, "asks after a while, ends its own stream, resets 100 ms later", Scripts::resetAfterHalfClose),
    /** Breaks off inside a line. */
    A8(Port.LINES, Ear.LISTENS, "half a line, after a while a reset or the end, by turns", Scripts::breakOff),
    /** Has much sent to it and reads nothing. */
    A9(Port.LINES, Ear.DEAF, "has the server send without end, reads nothing, receive buffer 2304 bytes; asks again each second",
            Scripts::askForAFlood),
    /** Has much sent to it and reads hardly anything. */
    A10(Port.LINES, Ear.TRICKLES, "the same, but reads 30 bytes each 250 ms", Scripts::trickle),
    /** Asks for much, bit by bit, and reads nothing. */
    A9_ASKS(Port.LINES, Ear.DEAF, "asks for 60 KB each 100 ms, reads nothing, receive buffer 2304 bytes", Scripts::askForMuch),
    /** Asks for much, bit by bit, and reads hardly anything. */
    A10_ASKS(Port.LINES, Ear.TRICKLES, "the same, but reads 12 bytes each 100 ms", Scripts::trickleAndAsk),
    /** All connect at once. */
    A13(Port.LINES, Ear.LISTENS, "all leave and connect again at the same moment, after five times as long", Scripts::leaveTogether),
    /** Announces frames that can't be. */
    B1(Port.LENGTHS, Ear.LISTENS, "announces 2^31-1, 2^32-1, 16 MiB, less than nothing or 2^31, after a while", Scripts::evilLength),
    /** Announces the largest frame and sends a byte. */
    B3(Port.LENGTHS, Ear.LISTENS, "announces the largest frame allowed, sends one byte of it", Scripts::announce),
    /** Sends the largest frame but for its last byte. */
    B3_HOARD(Port.LENGTHS, Ear.LISTENS, "sends the largest frame allowed, but not its last byte", Scripts::hoard),
    /** Sends nothing but ends of lines. */
    B4(Port.LINES, Ear.LISTENS, "256 empty lines each second, reads the answers", Scripts::emptyLines),
    /** Never ends a line. */
    B5(Port.LINES, Ear.LISTENS, "4 KiB of a line without end each 500 ms", Scripts::noEnd),
    /** Sends what is no text. */
    B7(Port.LINES, Ear.LISTENS, "a line that is not UTF-8, after a while", Scripts::notUtf8),
    /** Goes on after a frame that can't be. */
    B10(Port.LENGTHS, Ear.MUST_HEAR_NOTHING, "announces 2^31-1 and asks in the same packet, after a while", Scripts::goOn);

    private final Port port;
    private final Ear ear;
    private final String text;
    /** Methods of {@link Scripts}: they hold nothing. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Script script;

    /** Which of the server's two listeners. */
    enum Port {
        /** Lines. */
        LINES,
        /** Frames with a length of four bytes in front. */
        LENGTHS
    }

    /** Whether it reads. */
    enum Ear {
        /** All of it, at once. */
        LISTENS,
        /** The same, and any byte is one too many. */
        MUST_HEAR_NOTHING,
        /** Hardly anything, when its script says so, from a tiny receive buffer. */
        TRICKLES,
        /** Nothing, from a tiny receive buffer. */
        DEAF
    }

    /** What one connection does next, and how long it waits then. */
    @FunctionalInterface
    interface Script {
        /**
         * Acts.
         *
         * @param step 0 when it has just connected, then counting
         */
        Duration act(HostileClient client, int step) throws IOException;
    }

    Kind(Port port, Ear ear, String text, Script script) {
        this.port = port;
        this.ear = ear;
        this.text = text;
        this.script = script;
    }

    /** What it does and how often, for people. */
    public String text() {
        return text;
    }

    /** Its name in reports: {@code A3}, {@code B3-hoard}. */
    public String id() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Port port() {
        return port;
    }

    Ear ear() {
        return ear;
    }

    Script script() {
        return script;
    }
}

package dev.berth.cli.torture;

import java.io.IOException;
import java.util.Locale;

import dev.berth.cli.torture.Attacker.Ear;

/**
 * One way to harm a server: what each of its connections does. The letters and numbers are those of the catalogue of faults that
 * Berth itself is tested with (docs/guide/torture.md).
 */
public enum Attack {
    /** Connects and leaves, as fast as it goes. */
    A1("connects and leaves, again and again", Ear.LISTENS, Scripts::connectAndLeave),
    /** Says nothing. */
    A3("says nothing", Ear.LISTENS, _ -> { }),
    /** Says a message in tiny pieces. */
    A4("a byte now and then, never a whole message", Ear.LISTENS, Scripts::dribble),
    /** Vanishes after a request. */
    A5("asks, then neither reads nor ends", Ear.DEAF, Scripts::request),
    /** Ends its stream and reads on. */
    A6("asks, ends its own stream, reads on", Ear.LISTENS, Scripts::requestAndHalfClose),
    /** Resets what it has half closed. */
    A7("asks, ends its own stream, resets", Ear.LISTENS, Scripts::resetAfterHalfClose),
    /** Breaks off inside a message. */
    A8("half a message, then a reset or the end", Ear.LISTENS, Scripts::breakOff),
    /** Asks and does not read. */
    A9("asks without end, reads nothing", Ear.DEAF, Scripts::askWithoutEnd),
    /** Asks and reads one byte now and then. */
    A10("asks without end, reads a byte now and then", Ear.TRICKLES, Scripts::askWithoutEnd),
    /** Connects four times as many at once. */
    A13("four times as many connect at once", Ear.LISTENS, _ -> { }),
    /** Announces messages that can't be. */
    B1("announces 2 GiB, 4 GiB, less than nothing", Ear.LISTENS, Scripts::evilLengths),
    /** Announces a message, begins it, and that is all. */
    B3("announces a large message, sends a byte of it", Ear.LISTENS, Scripts::begin),
    /** Sends nothing but ends of messages. */
    B4("empty messages, 256 KiB of them", Ear.LISTENS, Scripts::emptyMessages),
    /** Never ends a message. */
    B5("a message without end, 4 MiB of it", Ear.LISTENS, Scripts::noEnd),
    /** Sends what is no text. */
    B7("messages that are not UTF-8", Ear.LISTENS, Scripts::notUtf8),
    /** Goes on as if nothing had been. */
    B10("a bad message, and requests right behind it", Ear.LISTENS, Scripts::goOn);

    private final String text;
    private final Ear ear;
    /** Methods of {@link Scripts}: they hold nothing. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Script script;

    /** What one connection does, on its own thread, until the attack's time is over: then its socket is closed. */
    @FunctionalInterface
    interface Script {
        /** Does it, until it is over or the connection has ended. */
        void play(Attacker attacker) throws IOException, InterruptedException;
    }

    Attack(String text, Ear ear, Script script) {
        this.text = text;
        this.ear = ear;
        this.script = script;
    }

    /** What is done, for people. */
    public String text() {
        return text;
    }

    /** Its name in options and reports: {@code a3}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many connections it has for each that was asked for. */
    int share() {
        return this == A13 ? 4 : 1;
    }

    /** What reads while the script writes. */
    Ear ear() {
        return ear;
    }

    /** What each connection does. */
    Script script() {
        return script;
    }
}

package dev.berth.cli.args;

import java.time.Duration;

import dev.berth.connection.Deadlines;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --heartbeat} asks for.
 *
 * @param every after how long without another message
 * @param text what is sent
 */
public record Heartbeats(Duration every, String text) {
    /** What {@code off} says: nothing is sent. */
    public static final Heartbeats NONE = new Heartbeats(Deadlines.OFF, "");

    /** Reads {@code 30s PING}, or {@code off}. */
    public static final class Converter implements ITypeConverter<Heartbeats> {
        @Override
        public Heartbeats convert(String typed) {
            if (typed.equals("off")) {
                return NONE;
            }
            int space = typed.indexOf(' ');
            if (space < 0) {
                throw new TypeConversionException("'" + typed + "' has no message; write '30s PING', or off");
            }
            return new Heartbeats(new Durations().convert(typed.substring(0, space)), typed.substring(space + 1));
        }
    }
}

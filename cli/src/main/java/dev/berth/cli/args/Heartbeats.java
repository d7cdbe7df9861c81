package dev.berth.cli.args;

import java.time.Duration;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --heartbeat} asks for.
 *
 * @param every after how long without another message
 * @param text what is sent
 */
public record Heartbeats(Duration every, String text) {
    /** Reads {@code 30s PING}. */
    public static final class Converter implements ITypeConverter<Heartbeats> {
        @Override
        public Heartbeats convert(String typed) {
            int space = typed.indexOf(' ');
            if (space < 0) {
                throw new TypeConversionException("'" + typed + "' has no message; write '30s PING'");
            }
            return new Heartbeats(new Durations().convert(typed.substring(0, space)), typed.substring(space + 1));
        }
    }
}

package dev.berth.cli.serving;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import dev.berth.cli.args.Suggestion;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --trace} asks for: {@code hex} or {@code text}, of all clients or of one.
 *
 * @param hex whether bytes are shown as digits beside the text
 * @param client the one client's address
 */
public record TraceOption(boolean hex, Optional<InetAddress> client) {
    private static final String CLIENT = "client=";

    /** Reads the option. */
    public static final class Converter implements ITypeConverter<TraceOption> {
        @Override
        public TraceOption convert(String typed) {
            int comma = typed.indexOf(',');
            String kind = comma < 0 ? typed : typed.substring(0, comma);
            if (!kind.equals("hex") && !kind.equals("text")) {
                throw new TypeConversionException("'" + kind + "' is not known"
                        + Suggestion.question(kind, List.of("hex", "text")) + " (allowed: hex, text)");
            }
            return new TraceOption(kind.equals("hex"), comma < 0 ? Optional.empty() : Optional.of(client(typed.substring(comma + 1))));
        }

        private static InetAddress client(String typed) {
            if (!typed.startsWith(CLIENT)) {
                throw new TypeConversionException("'" + typed + "' is not known; write client=10.0.0.7");
            }
            try {
                return InetAddress.ofLiteral(typed.substring(CLIENT.length()));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + typed.substring(CLIENT.length()) + "' is not an IP address; write client=10.0.0.7");
            }
        }
    }
}

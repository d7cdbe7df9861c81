package dev.berth.cli.framings;

import java.util.Arrays;

import dev.berth.cli.output.Untrusted;

/**
 * One message of an example as it lies on the wire.
 *
 * @param wire all of its bytes
 * @param before how many of them come before the message
 * @param after how many come behind it
 * @param message what is delivered
 */
// Never compared: a piece is drawn.
@SuppressWarnings("ArrayRecordComponent")
record Piece(byte[] wire, int before, int after, byte[] message) {
    /** Whether the message's bytes are written as others on the wire, so that none can be pointed at as the framing's. */
    boolean isRewritten() {
        return !Arrays.equals(wire, before, wire.length - after, message, 0, message.length);
    }

    /** The bytes in hex, those of the framing in brackets. */
    String hex() {
        if (isRewritten()) {
            return Untrusted.hex(wire);
        }
        StringBuilder hex = new StringBuilder();
        append(hex, 0, before, true);
        append(hex, before, wire.length - after, false);
        append(hex, wire.length - after, wire.length, true);
        return hex.toString();
    }

    /** In which column of {@link #hex()} the message begins. */
    int column() {
        // Two digits and a space for each byte, and two brackets.
        return isRewritten() || before == 0 ? 0 : 3 * before + 2;
    }

    /** The message as a person reads it: text, or the bytes where it is none. */
    String label() {
        int letters = 0;
        for (byte next : message) {
            letters += next >= ' ' && next <= '~' ? 1 : 0;
        }
        boolean isText = 2 * letters >= message.length;
        return isText ? '"' + Untrusted.text(message) + '"' : isRewritten() ? Untrusted.hex(message) : message.length + " bytes";
    }

    private void append(StringBuilder hex, int from, int to, boolean framing) {
        if (from < to) {
            String digits = Untrusted.hex(Arrays.copyOfRange(wire, from, to));
            hex.append(hex.isEmpty() ? "" : " ").append(framing ? "[" + digits + "]" : digits);
        }
    }
}

package dev.berth.framing;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The first bytes of something wrong: shown in an error, escaped, and guessed from who may have sent them.
 *
 * <p>Plain loops: an attacker chooses how often this runs, so it allocates little more than the text.
 */
final class FirstBytes {

    /** How many bytes an error shows. */
    static final int MAX_SHOWN = 16;

    // With a 3-byte length, three bytes are all there is when a frame is refused.
    private static final int ENOUGH = 3;

    private static final List<Sign> SIGNS = List.of(
            new Sign("GET ", "an HTTP client"),
            new Sign("POST ", "an HTTP client"),
            new Sign("PUT ", "an HTTP client"),
            new Sign("HEAD ", "an HTTP client"),
            new Sign("DELETE ", "an HTTP client"),
            new Sign("OPTIONS ", "an HTTP client"),
            new Sign("PATCH ", "an HTTP client"),
            new Sign("CONNECT ", "an HTTP client"),
            new Sign("TRACE ", "an HTTP client"),
            new Sign("PRI * HTTP/2", "an HTTP/2 client"),
            new Sign("HTTP/", "an HTTP server"),
            new Sign("\u0016\u0003", "a TLS client"),
            new Sign("SSH-", "an SSH client"),
            new Sign("PROXY ", "a proxy that sends a PROXY v1 header"),
            new Sign("\r\n\r\n\0\r\nQUIT\n", "a proxy that sends a PROXY v2 header"));

    private final byte[] bytes;

    /** Copies at most 16 bytes of {@code [from, to)}. */
    FirstBytes(byte[] bytes, int from, int to) {
        this.bytes = Arrays.copyOfRange(bytes, from, Math.min(to, from + MAX_SHOWN));
    }

    /** At most the first {@code n} of them. */
    FirstBytes upTo(int n) {
        return new FirstBytes(bytes, 0, Math.min(n, bytes.length));
    }

    /** The bytes in quotes; what is not printable ASCII is escaped, so that no peer can write to a log or a terminal. */
    String quoted() {
        StringBuilder quoted = new StringBuilder(4 * bytes.length + 2).append('"');
        for (byte b : bytes) {
            escape(b, quoted);
        }
        return quoted.append('"').toString();
    }

    /** Whether all is printable ASCII or a line end. */
    boolean isText() {
        for (byte b : bytes) {
            if (!isPrintable(b) && b != '\r' && b != '\n') {
                return false;
            }
        }
        return bytes.length > 0;
    }

    /** {@code ": an HTTP client on a len4be port?"}, or nothing when the bytes look like no one we know. */
    String guess(String port) {
        for (Sign sign : SIGNS) {
            if (sign.isOn(bytes)) {
                return ": " + sign.sender + " on a " + port + " port?";
            }
        }
        return "";
    }

    private static void escape(byte b, StringBuilder out) {
        switch (b) {
            case '\r' -> out.append("\\r");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '"', '\\' -> out.append('\\').append((char) b);
            default -> {
                if (isPrintable(b)) {
                    out.append((char) b);
                } else {
                    HexFormat.of().toHexDigits(out.append("\\x"), b);
                }
            }
        }
    }

    private static boolean isPrintable(byte b) {
        return b >= ' ' && b <= '~';
    }

    /** How a known protocol starts, one char a byte, and who speaks it. */
    private record Sign(String start, String sender) {

        /** Whether as much of the start as arrived is there. */
        boolean isOn(byte[] bytes) {
            int compared = Math.min(bytes.length, start.length());
            for (int i = 0; i < compared; i++) {
                if ((bytes[i] & 0xFF) != start.charAt(i)) {
                    return false;
                }
            }
            return compared >= Math.min(ENOUGH, start.length());
        }
    }
}

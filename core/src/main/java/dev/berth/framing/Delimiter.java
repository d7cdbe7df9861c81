package dev.berth.framing;

import java.util.Arrays;
import java.util.HexFormat;

/** The bytes that mark where a frame ends, or where it starts: 1 to 16 of them. */
final class Delimiter {

    /** CR LF. */
    static final Delimiter CRLF = new Delimiter("delimiter", new byte[] {'\r', '\n'});

    private static final int MAX_BYTES = 16;

    private final byte[] bytes;

    /** These bytes, and what an error calls them. */
    Delimiter(String name, byte[] bytes) {
        if (bytes.length < 1 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    name + " of " + bytes.length + " bytes; allowed: 1 to " + MAX_BYTES + " bytes");
        }
        this.bytes = bytes.clone();
    }

    /** Bytes in hex digits, two a byte, and what an error calls them. */
    static Delimiter parse(String name, String hex) {
        try {
            return new Delimiter(name, HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name + " '" + hex + "'; allowed: 1 to " + MAX_BYTES + " bytes in hex, two digits each, like 0d0a", e);
        }
    }

    int length() {
        return bytes.length;
    }

    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Appends the delimiter. */
    void putTo(FrameWriter frame) {
        frame.put(bytes);
    }

    /** A copy of the bytes. */
    byte[] toByteArray() {
        return bytes.clone();
    }

    /** Whether the bytes that arrived are how this begins, as far as they go. */
    boolean isBegunIn(byte[] received, int from, int to) {
        return isAt(received, from, Math.min(to - from, bytes.length));
    }

    /** Where the first whole delimiter in {@code [from, to)} starts, or -1. */
    int indexIn(byte[] searched, int from, int to) {
        int startsBefore = to - bytes.length + 1;
        int at = ByteScan.indexOf(searched, from, startsBefore, bytes[0]);
        while (at >= 0 && !isAt(searched, at, bytes.length)) {
            at = ByteScan.indexOf(searched, at + 1, startsBefore, bytes[0]);
        }
        return at;
    }

    /** Whether a delimiter that starts in {@code [from, last]} may still be completed by bytes after {@code to}. */
    boolean mayBegin(byte[] searched, int from, int last, int to) {
        for (int at = Math.max(from, to - bytes.length + 1); at <= last; at++) {
            if (at >= to || isAt(searched, at, to - at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] searched, int at, int length) {
        for (int i = 0; i < length; i++) {
            if (searched[at + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Delimiter delimiter && Arrays.equals(bytes, delimiter.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}

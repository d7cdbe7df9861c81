package dev.berth.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** One try: what the fuzzer made up, or a line of the corpus. */
final class FuzzCase {

    private static final int HEAD = 3;

    private final int max;
    private final int cuts;
    private final byte[] stream;
    private final String notation;

    private FuzzCase(int max, int cuts, byte[] stream, String notation) {
        this.max = max;
        this.cuts = cuts;
        this.stream = stream;
        this.notation = notation;
    }

    /** Reads the fuzzer's bytes: which notation, maximum, cuts, stream. One number more than there are notations makes one up. */
    static FuzzCase of(byte[] input, List<String> notations) {
        byte[] padded = Arrays.copyOf(input, Math.max(HEAD, input.length));
        int choice = unsigned(padded[0]) % (notations.size() + 1);
        byte[] rest = Arrays.copyOfRange(padded, HEAD, padded.length);
        if (choice < notations.size()) {
            return new FuzzCase(unsigned(padded[1]), unsigned(padded[2]), rest, notations.get(choice));
        }
        String text = new String(rest, ISO_8859_1);
        int end = text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
        byte[] stream = Arrays.copyOfRange(rest, Math.min(end + 1, rest.length), rest.length);
        return new FuzzCase(unsigned(padded[1]), unsigned(padded[2]), stream, text.substring(0, end));
    }

    /** The framing's maximum; 0 leaves the default. */
    int max() {
        return max;
    }

    /** Decides in which pieces the stream arrives. */
    int cuts() {
        return cuts;
    }

    /** What arrives. */
    byte[] stream() {
        return stream;
    }

    /** Names the framing, or is meant to. */
    String notation() {
        return notation;
    }

    /** The fuzzer's bytes for this, as {@link #of} reads them. */
    byte[] input(List<String> notations) {
        int known = notations.indexOf(notation);
        byte[] name = known < 0 ? (notation + "\n").getBytes(ISO_8859_1) : new byte[0];
        byte[] input = new byte[HEAD + name.length + stream.length];
        input[0] = (byte) (known < 0 ? notations.size() : known);
        input[1] = (byte) max;
        input[2] = (byte) cuts;
        System.arraycopy(name, 0, input, HEAD, name.length);
        System.arraycopy(stream, 0, input, HEAD + name.length, stream.length);
        return input;
    }

    /** A line of the corpus: maximum, cuts, stream in hex or {@code -}, notation with its escapes. */
    static FuzzCase parse(String line) {
        String[] words = line.split(" ", 4);
        byte[] stream = words[2].equals("-") ? new byte[0] : HexFormat.of().parseHex(words[2]);
        return new FuzzCase(Integer.parseInt(words[0]), Integer.parseInt(words[1]), stream, words[3].translateEscapes());
    }

    /** This as a line of the corpus. */
    @Override
    public String toString() {
        var escaped = new StringBuilder();
        for (int i = 0; i < notation.length(); i++) {
            char c = notation.charAt(i);
            boolean isPlain = c > ' ' && c < 0x7F && c != '\\';
            escaped.append(isPlain ? String.valueOf(c) : "\\%03o".formatted((int) c));
        }
        String hex = stream.length == 0 ? "-" : HexFormat.of().formatHex(stream);
        return max + " " + cuts + " " + hex + " " + escaped;
    }

    private static int unsigned(byte b) {
        return b & 0xFF;
    }
}

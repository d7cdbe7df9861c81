package dev.berth.cli.args;

import java.util.List;
import java.util.regex.Pattern;

/** A host and a port as people type them: {@code HOST:PORT}, {@code HOST PORT}, {@code :PORT}, {@code PORT}, {@code [::1]:8080}. */
public record Endpoint(String host, int port) {
    /** This machine only: what a host is when none is typed. */
    public static final String THIS_MACHINE = "127.0.0.1";

    private static final int LAST_PORT = 65_535;
    private static final String FORMS = "write HOST:PORT, for example localhost:8080 or [::1]:8080";
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");

    /** What {@link #first} found: the endpoint, and how many of the words it took. */
    public record Taken(Endpoint endpoint, int words) {}

    /** Reads all of the words, one or two, as an endpoint. */
    public static Endpoint parse(List<String> words) {
        Taken taken = first(words);
        if (taken.words() < words.size()) {
            throw new IllegalArgumentException("'" + words.get(taken.words()) + "' is left over after "
                    + taken.endpoint() + "; " + FORMS);
        }
        return taken.endpoint();
    }

    /** Reads one word as an endpoint. */
    public static Endpoint parse(String word) {
        return parse(List.of(word));
    }

    /** Reads an endpoint from the first one or two words. */
    public static Taken first(List<String> words) {
        if (words.isEmpty() || words.getFirst().isBlank()) {
            throw new IllegalArgumentException("no address; " + FORMS);
        }
        String word = words.getFirst();
        if (word.startsWith("unix:")) {
            throw new IllegalArgumentException("'" + word + "': unix sockets are not supported yet; " + FORMS);
        }
        if (word.contains("://")) {
            throw new IllegalArgumentException("'" + word + "' is a URL; " + FORMS);
        }
        if (NUMBER.matcher(word).matches()) {
            return new Taken(new Endpoint(THIS_MACHINE, port(word)), 1);
        }
        int colon = portColon(word);
        if (colon >= 0) {
            return new Taken(new Endpoint(host(word.substring(0, colon)), port(word.substring(colon + 1))), 1);
        }
        if (words.size() > 1 && DIGITS.matcher(words.get(1)).matches()) {
            return new Taken(new Endpoint(host(word), port(words.get(1))), 2);
        }
        throw new IllegalArgumentException("'" + word + "' has no port; write " + host(word, true) + ":8080 or "
                + host(word, false) + " 8080");
    }

    /** The same endpoint on another host. */
    public Endpoint on(String otherHost) {
        return new Endpoint(otherHost, port);
    }

    /** The same host with another port. */
    public Endpoint on(int otherPort) {
        return new Endpoint(host, otherPort);
    }

    /** The form that {@link #parse(String)} reads. */
    @Override
    public String toString() {
        return host(host, true) + ":" + port;
    }

    /** Where the colon before the port is, or -1 where the word is only a host. */
    private static int portColon(String word) {
        int last = word.lastIndexOf(':');
        if (word.startsWith("[")) {
            int bracket = word.indexOf(']');
            if (bracket < 0 || (bracket < last && last != bracket + 1)) {
                throw new IllegalArgumentException("'" + word + "' is not an address; " + FORMS);
            }
            return last > bracket ? last : -1;
        }
        // More than one colon and no brackets: an IPv6 address without a port.
        return word.indexOf(':') == last ? last : -1;
    }

    private static String host(String typed) {
        String host = typed.startsWith("[") && typed.endsWith("]") ? typed.substring(1, typed.length() - 1) : typed;
        if (typed.isEmpty()) {
            return THIS_MACHINE;
        }
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || "/[]".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("'" + typed + "' is not a host; " + FORMS);
        }
        return host;
    }

    private static String host(String host, boolean beforeColon) {
        return beforeColon && host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Reads a port alone. */
    public static int port(String typed) {
        if (!NUMBER.matcher(typed).matches()) {
            throw new IllegalArgumentException("'" + typed + "' is not a port; allowed are the numbers 0 to " + LAST_PORT);
        }
        // Six characters hold every port; longer ones may not even fit a number.
        if (!DIGITS.matcher(typed).matches() || typed.length() > 6 || Integer.parseInt(typed) > LAST_PORT) {
            throw new IllegalArgumentException("port " + typed + " is out of range; allowed are 0 to " + LAST_PORT);
        }
        return Integer.parseInt(typed);
    }
}

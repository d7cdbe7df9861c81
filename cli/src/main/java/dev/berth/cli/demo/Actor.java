package dev.berth.cli.demo;

/** Who observed a step. */
public enum Actor {
    /** The server under test. */
    SERVER("server"),
    /** The client from 127.0.0.10. */
    CLIENT_1("client 1"),
    /** The client from 127.0.0.11. */
    CLIENT_2("client 2");

    private final String text;

    Actor(String text) {
        this.text = text;
    }

    /** The name in the play. */
    public String text() {
        return text;
    }
}
